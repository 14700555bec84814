"""Which tree is the text of a rule? Read by the grammar of CEL; what has no place in a tree is named, never guessed.

Taken are comparisons, `&&`, `||`, `!`, `+ - * /`, `in` a list, `? :`, parentheses, and literals. Left out are calls,
fields, indices, maps, `%`, bytes, and whatever mixes types.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Literal, TypeAlias, TypeVar

from orchestrator.analysis.rule_tokens import Token, tokens_of
from orchestrator.analysis.rule_tree import (
    Arithmetic,
    ArithmeticSign,
    CannotExpress,
    Constant,
    Every,
    Figure,
    FlagOf,
    Literally,
    Minus,
    Negation,
    NumberOf,
    NumbersCompared,
    Numeric,
    Order,
    PickedNumber,
    PickedText,
    PickedTruth,
    Some,
    TextOf,
    TextsCompared,
    Textual,
    Tree,
    Truth,
    TruthsCompared,
)
from orchestrator.messages.negotiation import ChoiceIssue, FlagIssue, Issue, NumberIssue
from orchestrator.messages.value import IssueName

__all__ = ["MAX_DEPTH", "MAX_LENGTH", "MAX_SIGNS", "read_rule"]

MAX_LENGTH = 2_000
"""Characters of one rule, as for the guards."""
MAX_DEPTH = 40
"""How deep parentheses, signs and choices may be nested."""
MAX_SIGNS = 150
"""How often a rule may reckon or compare: each time may make its tree one deeper."""

_Kind: TypeAlias = Literal["number", "text", "flag"]
_Part = TypeVar("_Part", bound=Tree)
_ORDERS: Mapping[str, Order] = {"==": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_SUMS: Mapping[str, ArithmeticSign] = {"+": "+", "-": "-"}
_PRODUCTS: Mapping[str, ArithmeticSign] = {"*": "*", "/": "/"}
_UNKNOWN = {
    "(": "calls a function",
    ".": "reads a field or calls a function",
    "[": "reads a place of a list or map",
    "{": "builds a map or message",
    "%": "takes a remainder",
}


class _Stuck(Exception):
    def __init__(self, words: str, reason: str) -> None:
        super().__init__(reason)
        self.said = CannotExpress(words, reason)


def read_rule(source: str, issues: tuple[Issue, ...]) -> Truth | CannotExpress:
    """Return the tree of a rule over the issues, or what of it cannot be expressed."""
    if len(source) > MAX_LENGTH:
        return CannotExpress(f"{source[:40]}...", f"has {len(source)} characters; a rule may have {MAX_LENGTH}")
    try:
        return _Reader(source, {issue.name: _kind_of(issue) for issue in issues}).whole()
    except _Stuck as stuck:
        return stuck.said


def _kind_of(issue: Issue) -> _Kind:
    if isinstance(issue, FlagIssue):
        return "flag"
    is_number = isinstance(issue, NumberIssue) or (isinstance(issue, ChoiceIssue) and issue.numeric)
    return "number" if is_number else "text"


class _Reader:
    """Goes through the tokens once, from left to right; one method for each level of the grammar."""

    def __init__(self, source: str, issues: Mapping[IssueName, _Kind]) -> None:
        self._source = source
        self._issues = issues
        self._tokens = tokens_of(source)
        self._place = 0
        self._depth = 0
        self._signs = 0

    def whole(self) -> Truth:
        tree = self._choice()
        if self._now.kind != "end":
            raise self._unexpected()
        return _truth(tree, self._source.strip())

    @property
    def _now(self) -> Token:
        return self._tokens[self._place]

    def _takes(self, *texts: str) -> bool:
        if self._now.kind != "sign" or self._now.text not in texts:
            return False
        self._place += 1
        return True

    def _expect(self, text: str) -> None:
        if not self._takes(text):
            raise self._unexpected()

    def _unexpected(self) -> _Stuck:
        now = self._now
        if now.kind == "end":
            return _Stuck(self._source.strip(), "ends too early")
        around = self._source[max(0, now.start - 20) : now.end + 20].strip()
        return _Stuck(around, _UNKNOWN.get(now.text, f"has {now.text!r} where it has no place"))

    def _since(self, start: int) -> str:
        return self._source[start : self._tokens[self._place - 1].end]

    def _deeper(self, read: Callable[[], _Part]) -> _Part:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _Stuck(self._source[self._now.start :][:40], f"is nested deeper than {MAX_DEPTH}")
        tree = read()
        self._depth -= 1
        return tree

    def _count(self) -> None:
        """Go past a sign that joins two values."""
        self._place += 1
        self._signs += 1
        if self._signs > MAX_SIGNS:
            raise _Stuck(self._source[self._now.start :][:40], f"reckons and compares more than {MAX_SIGNS} times")

    def _choice(self) -> Tree:
        start = self._now.start
        tree = self._either()
        if not self._takes("?"):
            return tree
        when = _truth(tree, self._since(start))
        then = self._either()
        self._expect(":")
        otherwise = self._deeper(self._choice)
        return _picked(when, then, otherwise, self._since(start))

    def _either(self) -> Tree:
        return self._joined("||", self._both, Some)

    def _both(self) -> Tree:
        return self._joined("&&", self._relation, Every)

    def _joined(self, sign: str, part: Callable[[], Tree], join: Callable[[tuple[Truth, ...]], Truth]) -> Tree:
        start = self._now.start
        first = part()
        if self._now.text != sign:
            return first
        parts = [_truth(first, self._since(start))]
        while self._takes(sign):
            start = self._now.start
            parts.append(_truth(part(), self._since(start)))
        return join(tuple(parts))

    def _relation(self) -> Tree:
        start = self._now.start
        tree = self._sum()
        while True:
            order = _ORDERS.get(self._now.text) if self._now.kind == "sign" else None
            if order is not None:
                self._count()
                tree = _compared(order, tree, self._sum(), self._since(start))
            elif self._now.kind == "name" and self._now.text == "in":
                self._place += 1
                options = self._options()
                tree = Some(tuple(_compared("==", tree, option, self._since(start)) for option in options))
            else:
                return tree

    def _options(self) -> list[Tree]:
        self._expect("[")
        options: list[Tree] = []
        while not self._takes("]"):
            options.append(self._deeper(self._choice))
            if not self._takes(","):
                self._expect("]")
                break
        return options

    def _sum(self) -> Tree:
        return self._reckoned(_SUMS, self._product)

    def _product(self) -> Tree:
        return self._reckoned(_PRODUCTS, self._signed)

    def _reckoned(self, signs: Mapping[str, ArithmeticSign], part: Callable[[], Tree]) -> Tree:
        start = self._now.start
        tree = part()
        while self._now.kind == "sign" and (sign := signs.get(self._now.text)) is not None:
            left = _number(tree, self._since(start))
            self._count()
            after = self._now.start
            tree = Arithmetic(sign, left, _number(part(), self._since(after)))
        return tree

    def _signed(self) -> Tree:
        start = self._now.start
        if self._takes("!"):
            of = self._deeper(self._signed)
            return Negation(_truth(of, self._since(start)))
        if self._takes("-"):
            of = self._deeper(self._signed)
            return Minus(_number(of, self._since(start)))
        return self._plain()

    def _plain(self) -> Tree:
        now = self._now
        if self._takes("("):
            tree = self._deeper(self._choice)
            self._expect(")")
        elif now.kind in ("number", "text", "name"):
            self._place += 1
            tree = self._literal(now)
        else:
            raise self._unexpected()
        if self._now.text in ("(", ".", "[", "{") and self._now.kind == "sign":
            raise self._unexpected()
        return tree

    def _literal(self, token: Token) -> Tree:
        match token.kind:
            case "number":
                return Figure(Fraction(token.text))
            case "text":
                return Literally(token.value)
            case _:
                return self._name(token)

    def _name(self, token: Token) -> Tree:
        if token.text in ("true", "false"):
            return Constant(token.text == "true")
        if self._now.kind == "sign" and self._now.text in ("(", ".", "[", "{"):
            raise self._unexpected()
        name = IssueName(token.text)
        match self._issues.get(name):
            case "number":
                return NumberOf(name)
            case "text":
                return TextOf(name)
            case "flag":
                return FlagOf(name)
            case None:
                raise _Stuck(token.text, "is no issue")


def _truth(tree: Tree, words: str) -> Truth:
    if isinstance(tree, Truth):
        return tree
    raise _Stuck(words, "is not true or false")


def _number(tree: Tree, words: str) -> Numeric:
    if isinstance(tree, Numeric):
        return tree
    raise _Stuck(words, "reckons with what is no number")


def _picked(when: Truth, then: Tree, otherwise: Tree, words: str) -> Tree:
    if isinstance(then, Numeric) and isinstance(otherwise, Numeric):
        return PickedNumber(when, then, otherwise)
    if isinstance(then, Textual) and isinstance(otherwise, Textual):
        return PickedText(when, then, otherwise)
    if isinstance(then, Truth) and isinstance(otherwise, Truth):
        return PickedTruth(when, then, otherwise)
    raise _Stuck(words, "gives values of two types")


def _compared(order: Order, left: Tree, right: Tree, words: str) -> Truth:
    if isinstance(left, Numeric) and isinstance(right, Numeric):
        return NumbersCompared(order, left, right)
    if isinstance(left, Textual) and isinstance(right, Textual):
        return TextsCompared(order, left, right)
    if isinstance(left, Truth) and isinstance(right, Truth):
        if order not in ("==", "!="):
            raise _Stuck(words, "puts true and false in an order")
        alike = TruthsCompared(left, right)
        return alike if order == "==" else Negation(alike)
    raise _Stuck(words, "compares values of two types")
