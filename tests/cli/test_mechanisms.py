"""Does `handfast mechanisms` show what each design gives up, at any width, and say what it can't do?"""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from tests.cli.desk import Desk

TITLES = [
    "posted price (listing site)",
    "subsidised match (ride service)",
    "auction, seller pays 10%",
    "auction, buyer pays 10%",
    "second price (pivot)",
    "split the difference, honest",
    "split the difference, equilibrium",
    "neutral Nash deal, honest",
    "neutral Nash deal, best response",
    "pooled fund",
    "McAfee's auction, 2 a side",
    "McAfee's auction, 3 a side",
    "continuous auction, 2 a side",
    "continuous auction, 3 a side",
]


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_page_fits_the_terminal(width: int, desk: Desk) -> None:
    """No line is wider than the terminal, and every design stands in the table and in the plot."""
    done = desk.do_at(width, "mechanisms", "--n", "3")
    lines = done.out.splitlines()
    assert (done.code, done.err, [line for line in lines if len(line) > width]) == (0, "", [])
    words = " ".join(done.out.split())
    assert [lost for lost in ("gains, balance", "gains, truth", "choice") if lost not in words] == []
    plotted = lines[lines.index("Gains, as a share of the best") + 1 :][: len(TITLES)]
    assert [line.split(" █")[0].strip() for line in plotted] == TITLES


def test_exact_values_stand_beside_simulated_ones(desk: Desk) -> None:
    """The wide table has the fractions that everybody knows."""
    out = desk.do_at(120, "mechanisms", "--uniform", "--n", "2").out
    assert [word for word in ("(1/6)", "(1/8)", "(9/64)", "(-1/6)", "(1/36)", "(1/12)", "(4/27)") if word not in out] == []


def test_machines_get_everything(desk: Desk) -> None:
    """`--json` is one object with a record for each design and size, the market, the seed and what is approximate."""
    found = desk.do("mechanisms", "--json", "--n", "5", "--seed", "3").json
    assert (found["market"], found["seed"], len(found["approximate"])) == ("values uniform on [0, 1]", 3, 3)
    assert [(each["design"], each["traders"]) for each in found["designs"]][10:] == [
        ("mcafee", 2),
        ("mcafee", 5),
        ("book", 2),
        ("book", 5),
    ]
    pivot = next(each for each in found["designs"] if each["design"] == "pivot")
    assert (pivot["exact"], pivot["gives_up"]) == ({"gains": "1/6", "balance": "-1/6", "lie": "0"}, ["balance"])


def test_the_picture_is_a_picture(desk: Desk) -> None:
    """The SVG parses, names every design of the largest market and draws both curves."""
    done = desk.do("mechanisms", "--n", "5", "--svg", "fair.svg")
    root = ET.fromstring((desk.path / "fair.svg").read_text("utf-8"))  # noqa: S314 - ours
    words = " ".join(root.itertext())
    assert (done.code, done.out.splitlines()[-1]) == (0, "The picture is in fair.svg.")
    assert [title for title in (*TITLES[:10], "McAfee's auction, 5 a side") if title not in words] == []
    assert len(root.findall("{http://www.w3.org/2000/svg}polyline")) == 2


def test_a_market_of_ones_own(desk: Desk) -> None:
    """Values from a file are told as such; the figures of pairs are exact and amounts have the file's size."""
    (desk.path / "stalls.csv").write_text("side,value\nbuyer,1200\nbuyer,800\nseller,300\nseller,1000\n", "utf-8")
    done = desk.do_at(120, "mechanisms", "--values", "stalls.csv", "--n", "2")
    assert (done.code, done.out.splitlines()[0]) == (
        0,
        "What each design gives up: 2 buyers and 2 sellers of stalls.csv",
    )
    assert "400.00" in next(line for line in done.out.splitlines() if line.startswith("second price"))


def test_long_files_are_told_to_be_shortened(desk: Desk) -> None:
    """Where quantiles stand for values, the page says so."""
    rows = "".join(f"buyer,{place}\nseller,{place}\n" for place in range(1001))
    (desk.path / "many.csv").write_text(f"side,value\n{rows}", "utf-8")
    out = desk.do_at(120, "mechanisms", "--values", "many.csv", "--n", "2").out
    assert "The file is long: 1,000 evenly spaced quantiles stand for the values of a side." in out.splitlines()


def test_a_market_without_gains_is_told(desk: Desk) -> None:
    """Where nobody could gain there is nothing to compare, and the exit code says that it is hopeless."""
    (desk.path / "none.yaml").write_text("buyers: [1, 2]\nsellers: [2, 3]\n", "utf-8")
    done = desk.do("mechanisms", "--values", "none.yaml")
    market = "2 buyers and 2 sellers of none.yaml"
    says = f"There is nothing to gain in {market}: no buyer values the thing above what any seller asks.\n"
    assert (done.code, done.out) == (4, says)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--values", "nowhere.csv"), "handfast: nowhere.csv: file: does not exist"),
        (("--values", "a.csv", "--uniform"), "handfast: --uniform and --values name two markets"),
        (("--n", "1"), "handfast: Invalid value for '--n': 1 is not in the range 2<=x<=1000."),
        (("--svg", "no/where.svg", "--n", "2"), "handfast: 'no/where.svg' cannot be written: No such file or directory"),
    ],
)
def test_wrong_usage_is_told_in_a_line(words: tuple[str, ...], says: str, desk: Desk) -> None:
    """What can't be done ends with 2 and says why."""
    done = desk.do("mechanisms", *words)
    assert (done.code, done.err.splitlines()[0]) == (2, says)


def test_a_market_in_which_hardly_anybody_can_trade(desk: Desk) -> None:
    """Where markets that are drawn have nothing to gain, nothing is lost in them, and nothing fails."""
    buyers, sellers = ["buyer,0"] * 999 + ["buyer,10"], ["seller,10"] * 999 + ["seller,1"]
    (desk.path / "thin.csv").write_text("\n".join(["side,value", *buyers, *sellers]), "utf-8")
    done = desk.do_at(60, "mechanisms", "--values", "thin.csv", "--n", "3", "--svg", "thin.svg")
    book = next(line for line in done.out.splitlines() if line.startswith("continuous auction, 3 a side") and "█" in line)
    assert (done.code, done.err, book.split()[-1]) == (0, "", "100.0%")
    assert ET.fromstring((desk.path / "thin.svg").read_text("utf-8")).tag.endswith("svg")  # noqa: S314 - ours
