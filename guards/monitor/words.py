"""Which words say something, and which fill a page? Classes of English words, and what goes with the subjects of trade."""

from __future__ import annotations

from typing import Literal, TypeAlias

__all__ = ["COMMON", "FIGURES", "LAWFUL", "LOOSE", "PAIRS", "RELATED", "SINGLES", "WordClass"]

WordClass: TypeAlias = Literal["subject", "role", "vague", "you", "reason", "yield", "excuse", "padding", "reply"]
"""What a word or a pair of words is counted as; each as at most one."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _pairs(text: str, word_class: WordClass) -> dict[tuple[str, str], WordClass]:
    joined = (pair.partition("_") for pair in text.split())
    return {(first, second): word_class for first, _, second in joined}


FIGURES = frozenset(
    _words("""
        double eight eighteen eighty eleven fifteen fifty five forty four fourteen half hundred million nine nineteen
        ninety percent quarter seven seventeen seventy six sixteen sixty ten third thirteen thirty thousand three
        twelve twenty twice two
    """)
)
"""Figures that are written out."""

COMMON = frozenset(
    _words("""
        a about after all also an and any are as at be been being but by can could did do does each even every for
        from had has have having he her his how i if in into is it it's its just may me might more most must my no nor
        not of on one only or other our over same shall she should since so some such than that the their them then
        there these they this those to too under until up us very was we were what when where which while who whom
        whose why will with would yet you your
    """)
)
"""Words of every text: they are never new."""

LOOSE = frozenset(
    _words("""
        accept april august available begin bit cent cents class company cut data date day days days' december dollar
        dollars effective eur euro euros february first free friday general group groups high highest hour hours house
        i'm interest item items january july june last least list long lowest made main make march may monday money
        month months most needed november now october office one only order out own part past per percent person plan
        policy public put regular rest room rule run running same saturday september set share short shortest site
        small standard start state still stock sum sunday system take taken takes target terms test thousand thursday
        time times total tuesday under unit units us usd use used way wednesday week week's weekly weeks who work year
        years
    """)
)
"""Words that agendas use and every other text, too: they bear on nothing by themselves."""

LAWFUL = frozenset(
    _words("""
        account accounts agreement arising backups billing breach clause clauses collect collected collecting
        collection confidential confidentiality consent contract damages delete deleted disclose disclosed disclosure
        encrypted encryption entitled herein indemnify indemnity law lawful laws legal legally liabilities liability
        liable licence license notify obligation obligations parties party password passwords permitted personal
        privacy processor processors products protected provision provisions refund refunds remedies remedy retain
        retained rights servers service services shall software stored subprocessor subprocessors subscription
        subsection support terminate terminated termination third-party unlawful users vendor vulnerabilities
        warranties website
    """)
)
"""Words of clauses and terms of use: a sentence of theirs is neither empty nor news."""

SINGLES: dict[str, WordClass] = {
    **dict.fromkeys(
        _words("""
            acknowledge acknowledged align aligned aligning alignment appreciate appreciated appreciation approach
            approaches aspect aspects assessed assessment aware awareness background balanced basis certain
            circumstances common communicate communicated communication completeness conceivable concept concerned
            conducted confirmed consider consideration considerations considered constructive context continue
            continues conversation culture described developments dialogue diligence documentation documents element
            elements essence everyone exchange exchanges experience express expressed foregoing framework functions
            future general generally good governance holistic idea ideas identified importance important information
            informed interest interested journey kind manner matter matters mentioned momentum movement movements
            mutual nature noted notion object observe opportunities orientation outlook overview partners partnership
            past path perspective perspectives pleased pleasure position positions potential potentials practice
            present principle principles procedure process processes proven record recorded reflect reflection
            reflects regard regarded relationship respect respective respectively review reviewed reviews rhythm role
            roles sense significant situation spirit stage stages stakeholders stand stands statement status steps
            strategic strategy strengths structure structured subject subjects summary synergies synergy team thank
            thanks things thought thoughts topic topics trend trends trust understood useful value values various view
            views vision vocabulary ways welcome
        """),
        "vague",
    ),
    **dict.fromkeys(
        _words("""
            accept accepted accepts agree agreed agrees asks concede conceded concedes convinced explains hesitated
            hesitates naturally nods okay refers released releases repeats signed signs smiles yielded yields
        """),
        "yield",
    ),
    **dict.fromkeys(
        _words("""
            because can't could couldn't didn't doesn't don't except hence i i'd i'll i'm i've if instead my need
            needs only otherwise please rather so therefore unless we'd we'll we've won't wouldn't
        """),
        "reason",
    ),
    **dict.fromkeys(
        _words("""
            you you'd you'll you're you've your yours yourself yourselves
        """),
        "you",
    ),
}
"""Words that fill, that give way, that give grounds, and that speak to the other side."""

PAIRS: dict[tuple[str, str], WordClass] = {
    **_pairs(
        """
            a_view a_word another_way are_considered are_made are_noted are_stated as_above as_always as_announced
            as_before as_is as_mentioned as_noted as_regards as_sent as_stated as_such as_well be_taken by_which
            can_be course_of due_regard each_of follow_up following_up form_of further_to has_been have_been
            in_general in_view in_which is_considered is_noted it's_been it_can it_has it_is it_may it_should it_was
            just_checking keep_you may_be nature_of no_change nothing_new number_of of_course of_which one_can one_has
            one_may part_of sake_of see_above see_below see_next seen_from sense_of soon_as terms_of that_sense
            the_above the_course the_following the_matter the_position the_present the_same the_way there_are there_is
            there_was this_sense to_be to_which variety_of view_of will_be with_regard
        """,
        "padding",
    ),
    **_pairs(
        """
            as_background as_context as_supplied by_way few_examples for_background for_clarity for_completeness
            for_context for_convenience for_information for_orientation for_reference full_picture full_view
            general_remarks good_measure good_order in_case in_context in_full interest_you my_way of_interest
            once_again once_more other_words our_files our_system some_background some_examples some_thoughts
            the_background the_file the_picture the_record to_illustrate to_read to_recall to_repeat wider_frame
            wider_view you_know your_convenience your_information
        """,
        "excuse",
    ),
    **_pairs(
        """
            are_you can_you could_you did_you do_you if_you let_me of_yours on_your should_you tell_me to_your
            will_you would_you you've_asked you've_had you've_said you've_sent you_accepted you_asked you_called
            you_can't you_confirmed you_doubt you_doubted you_gave you_have you_mentioned you_need you_needed
            you_offered you_prefer you_promised you_propose you_proposed you_requested you_said you_say you_sent
            you_suggested you_think you_told you_want you_wanted you_wish you_wished you_wrote your_annex your_answer
            your_answers your_boss your_colleague your_comment your_comments your_data your_doubt your_draft
            your_figure your_figures your_finance your_idea your_last your_lawyer your_legal your_letter your_list
            your_own your_people your_plan your_planner your_planners your_point your_points your_proposal
            your_quality your_question your_questions your_remark your_remarks your_reply your_request your_security
            your_studio your_warehouse your_wish your_wishes your_worry
        """,
        "reply",
    ),
    **_pairs(
        """
            and_i and_not as_long because_of but_i but_not i_can i_need i_want if_i if_it if_not if_that if_the if_we
            in_return instead_of not_the only_if rather_than so_that that's_why the_reason we_can we_need what_i
            which_is which_means
        """,
        "reason",
    ),
}
"""Pairs that carry a sentence along, that excuse what nobody asked for, that answer, and that give grounds."""

RELATED: dict[str, str] = {
    "price": "cheaper cost costing costs discount expensive invoice paid pay quote",
    "volume": "call-off carton cartons forecast gate grade line lot lots orders pallet pallets piece pieces quantities "
    "quantity storage",
    "quantity": "forecast lot lots orders pallet pallets piece pieces",
    "payment": "bank invoice net paid pay",
    "delivery": "arrival arrive arrives call-off deliver delivered deliveries gate gluer late lorry pallet pallets plate "
    "ship shipped transport truck warehouse",
    "warranty": "claim claims crushed damp defect defects grade quality replaced sample samples tested",
    "spend": "acquisition acquisitions budget clicks cmo cpa daily impressions k reach",
    "search": "bid bids brand ceiling clicks keyword keywords",
    "social": "audience audiences clip clips feed floor impressions portrait",
    "email": "consent contact contacts e-mail mail mailing mailings mails newsletter",
    "creative": "artwork brief clip clips cuts editor formats logo mixed pictures static stills subtitles video",
    "hours": "edit editor filming h retoucher retouching shoot studio stylist upload",
    "launch": "brief competitor freeze",
    "weeks": "flight",
    "replicas": "checkout evening latency load millisecond milliseconds ms night node nodes p95 peak pool queries queue "
    "replica",
    "instance": "cpu larges mediums memory size smalls",
    "spot": "drain node nodes reclaim reclaimed reclaims",
    "region": "central east eu read residency transfer west",
    "retention": "archive assessor delete deleted kept log logs regulator trace traces",
    "patch": "canary drain patched patches reboot reboots round rounds vulnerabilities vulnerability",
    "egress": "address addresses gateway outgoing traffic",
    "licence": "licence licences renewal seat seats support users",
    "freight": "carrier container depot dock lorry pallet pallets route truck",
    "release": "bug bugs build canary deploy freeze rollback staging",
    "media": "audience clip clips impressions reach slot slots spots",
}
"""What people say when they speak of a subject that an agenda names; both are plain English."""
