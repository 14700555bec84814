"""Which words does plain talk between negotiators need, whatever they negotiate? Those of honest drafts of several scenarios."""

# ruff: noqa: E501 - the list stays dense

from __future__ import annotations

from guards.claims.wordlist import words_of

__all__ = ["PLAIN_TALK"]

PLAIN_TALK = words_of(
    "about above accept accepted accepts account adds admit after again against agreed ahead allows alone along aloud "
    "already also altogether another answer anybody anyone anything anyway apart approached approval approve approved "
    "april arithmetic asked asking asks average aware away back base because become becomes been before began behind "
    "being below better between beyond bigger bill billing binds board book both break breath bridge bring build "
    "business call called came cannot capacity carry case cautious cent cents change cheap cheaper check cheerful "
    "claim clause close closer colleagues come comes comfortable commit compared complaint compromise condition "
    "consider contract copied corner correct correction cost costs could count counter counts course cover credit "
    "crossed date dates days deal dear dearer decent decide deliver delivered delivery demand difference direction "
    "director discuss does doesn dollar dollars done down drivers drop each earlier early easier eight eighteen "
    "eighty either else empty ends enough euro euros even evening every everything exactly expect export extra face "
    "fair fast february fees fewer fifteen fifty figure figures file fill find fine first five fixed flat follow "
    "former fortnight forty four fourteen free from full further gate gates gets give given gives glad goes going "
    "gone good grant grateful grid guarantee guess hadn half halfway halved hands hangs happens happy hard hardly "
    "hasn have haven having head hear help hence here high higher hold honest hope hoped hour hours house hundred "
    "hurts ignore include index inside instead insurers interest into itself january judge just keep keeps kind know "
    "knows lane last late later launch least leave leaves left legal less letter lighter like liked likely likewise "
    "line lines list little live load loading long longer look lost make makes management many march matter mean "
    "means meant measured meet mention message middle midpoint might million mind mine minutes missing mixed moment "
    "monday money month monthly months more morning most move moved moves moving much must name near nearer need "
    "needed needs neither nervous next nine ninety nobody none note noted nothing november nuisance number numbers "
    "objection october offer offers once ones only open opener opening order orientation other others otherwise ours "
    "over owner paid paper part past payment people percent performance perhaps person picture place plain plan "
    "please plus point points policy position possible pounds precisely prefer prejudice price probably problem "
    "procurement production promise promised proposal propose pull pulling puts quarter quarterly question questions "
    "quick quote quoted range rate rather read reading really reason record regards regret reject rejected remark "
    "report rest return right risk room roughly round rule rules running said sake same saturday saying says second "
    "seen send settled seven seventeen seventy shall shan sheet short should shut side sign signature signed simply "
    "since single site sixteen sixty size skip slack slip slow small smaller some somebody someone something "
    "somewhere sooner sorry speak speaks spend split spoken spot spread stand standard start stay stays step still "
    "stood studio subject such suggestion suits sums supplier supply suppose survive swaps table take taken takes "
    "taking talk target tell tenth term terms than thank thanks that their them then there they thin thing things "
    "think thinkable thinking third thirds thirty this those though thought thousand three through thus tied time "
    "times today together told took total totals trade trips trouble turn turned twelve twenty twice under understand "
    "until upstairs value vendor version very view volume wait waiting walk want wants wasn week weekday weekly weeks "
    "well went were what whatever when where whether which while whole whom whose will wish with withdraw withdrawn "
    "without word words work workable working works worse worth would wouldn writing written wrong wrote year years "
    "your yours zero"
)
"""Words that the honest drafts of at least two scenarios use; they name nothing that could be promised."""
