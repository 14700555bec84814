"""What do people do, and what are they, that have made up their minds? Words of stances and deeds."""

# ruff: noqa: E501 - word lists stay whole

from __future__ import annotations

from guards.claims.wordlist import words_of

__all__ = ["DEEDS", "MINDED", "OBJECT", "OBJECTS", "PASSIVE", "PEOPLE", "RULING", "SAYS", "STANCES", "STEPS"]

STANCES = words_of(
    "fine happy ok okay content comfortable relaxed willing ready prepared committed bound agreed satisfied glad "
    "delighted pleased behind supportive agreeable good cool easy settled signed keen aligned convinced flexible "
    "board favour agreement ease unconcerned unworried opposed worried bothered concerned with game sold persuaded "
    "resigned reconciled amenable certain obliged"
)
"""What somebody is that has made up its mind."""
DEEDS = words_of(
    "agrees accepts commits supports backs pays covers keeps releases takes guarantees undertakes signs endorses "
    "welcomes provides delivers gives grants waives consents confirms bears absorbs hosts shares lends goes carries "
    "foots funds finances shoulders meets handles feeds arranges organises organizes installs removes sends brings "
    "renounces forgoes foregoes yields concedes tolerates swallows loves prefers relents assumes undertakes promises "
    "contributes subsidises subsidizes sponsors insures indemnifies hires builds repairs cleans trains opens closes "
    "drops holds likes agree accept commit support back pay cover keep release guarantee undertake endorse welcome "
    "provide deliver waive consent bear absorb"
)
"""What somebody does that binds itself."""
PASSIVE = words_of(
    "have need want see find know understand hear decide judge tell say think answer look like appreciate notice "
    "recall remember get receive read feel hate forgive recognise realise agree be nice note love enjoy ask wonder "
    "expect miss speak"
)
"""What a party may be foretold without being bound."""
PEOPLE = words_of(
    "members people team staff crew desk colleagues engineers lawyers technicians department departments side house "
    "board management planners buyers sellers partners folks association company firm office shop customers drivers "
    "readers workers owners clerk clerks finance legal group"
)
"""Who acts for a party, behind `your`."""
RULING = words_of(
    "say approve sign confirm come check weigh state speak write name tell rule explain reply respond revert vote consent"
)
"""What a party may be left to do because it alone can."""
SAYS = words_of(
    "says wants prefers moves gets finds stands writes calls changes asks offers needs names puts sits holds quotes reads reports hopes thinks sees means shows "
    "counts cites proposes rejects insists considers expects claims argues suggests mentions requests demands raises lowers values weighs fears doubts knows keeps "
    "remains stays lies differs exceeds lists gives reckons regards treats requires seeks comes goes makes owns sets decides judges rules leaves reaches meets "
    "starts opens opened ends lacks loses gains pays hers this does was sends answers replies explains states adds turns looks hours terms costs figures points"
)
"""What somebody does who only speaks, or what a paper of somebody's does."""
OBJECTS = words_of("the a an our your its their all any every each it them us both half for up whatever that another no")
STEPS = words_of("comes lowers raises cuts adds moves")
MINDED = words_of("fine happy ok okay content comfortable satisfied agreed pleased cool relaxed easy reconciled")
OBJECT = words_of("mind object oppose block resist complain veto stand care")
