"""How do people guarantee? Classes of words, and patterns over them (see `guards.grammar`)."""

# ruff: noqa: E501 - phrases and word lists stay whole

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from guards.pattern import Pattern

__all__ = [
    "ABSOLUTE",
    "CLASSES",
    "DENIED",
    "DENIED_FUTURE",
    "FUTURE_WORDS",
    "OPEN",
    "OUTCOME",
    "OUTCOME_WORDS",
    "REFUSED",
    "VAGUE",
    "VOUCHED",
    "VOUCH_WORDS",
]

CLASSES: Mapping[str, str] = MappingProxyType(
    {
        "m": "nobody_knows nobody_know nobody_can_know nobody_can_tell nobody_can_say nobody_can_promise nobody_can_foresee nobody_can_predict nobody_can_see nobody_could_say nobody_could_tell nobody_would_say no_one_knows no_one_know no_one_can_know no_one_can_tell no_one_can_say no_one_can_promise no_one_can_foresee no_one_can_predict no_one_can_see no_one_could_say no_one_could_tell no_one_would_say none_of_us_knows none_of_us_know none_of_us_can_know none_of_us_can_tell none_of_us_can_say none_of_us_can_promise none_of_us_can_foresee none_of_us_can_predict none_of_us_can_see none_of_us_could_say none_of_us_could_tell none_of_us_would_say i_trust we_trust can't_rule_out cannot_rule_out can_not_rule_out think thinks believe believes guess guesses"
        " estimate estimates forecast forecasts reckon aim"
        " aims aiming feel feels"
        " seem seems in_our_experience on_average as_far_as if_anything wonder like_to love_to glad_to"
        " suggest plan_to mean_to"
        " intend intends mean_that should_it doubt_that depending",
        "n": "not cannot neither nor without n't nowhere hardly far_from rather_than instead_of does_'t"
        " make_sure making_sure"
        " to_be_sure made_sure makes_sure not_sure guaranteed_by without_prejudice",
        "Q": "no never nobody nothing none no_one not_a not_an not_one not_any not_a_single not_once zero"
        " not_even without_a"
        " without_one without_any no_more no_longer never_again not_the_least not_the_slightest",
        "Z": "all_your every each always definitely certainly surely undoubtedly inevitably assuredly invariably"
        " all_of_it twice all_year"
        " to_the_minute to_the_cent to_the_hour to_the_day throughout without_exception everywhere automatically",
        "b": "be",
        ".": "can may before as_long_as i_promise_to we_promise_to to_guarantee as_well_as is_certain_things no_risk_for_us no_risk_for_me no_risk_to_us no_danger_to_us no_danger_for_us",
        "U": "is_safe_with are_safe_with zero_chance no_way_this no_way_it no_way_that nothing_to_lose is_as_good_as"
        " hundred_percent_safe hundred_percent_sure hundred_percent_certain hundred_percent_reliable hundred_percent_secure we_rule_out i_rule_out hand_in_the_fire hands_in_the_fire is_impossible_with"
        " are_impossible_with can_never_happen cannot_happen can_'t_happen never_happens_with never_happen_with lasts_forever last_forever nothing_will_happen won_'t_regret will_not_regret never_regret nothing_to_fear nothing_to_worry sure_thing"
        " see_to_it_that like_clockwork on_the_dot failure_is_not"
        " nothing_stands_in_the_way cannot_possibly can't_possibly inevitable immune_to proof_against money_in_the_bank"
        " can_only_rise can_only_grow can_only_fall can_only_improve set_your_watch or_your_money not_a_shadow no_shadow_of any_shadow_of"
        " i_can_promise we_can_promise bet_the_house bet_the_farm i'd_bet_the i_'d_bet_the i_bet_the we_bet_the no_scenario no_world_in stake_our stake_my stakes_its never_once"
        " may_build can_build_your can_only_go cannot_but can't_but count_upon"
        " take_our_word take_my_word on_our_honour on_my_honour we_stake i_stake trust_me trust_us cast_iron rock_solid"
        " can_assure commit_ourselves commit_myself come_wind rules_it_out build_on_it"
        " can_build guarantee guarantees guaranteed guaranteeing warrant_that warrant_you my_word_on our_word_on"
        " my_word_for our_word_for"
        " my_word_that our_word_that you_have_my_word you_have_our_word have_my_word have_our_word give_you_my_word"
        " give_you_our_word my_word you_have_my_promise my_promise our_promise vouch vouches i_vouch"
        " we_vouch i_pledge we_pledge i_swear we_swear i_promise we_promise"
        " promise_you promises_you i_assure we_assure assure_you assures"
        " without_fail put_my_name put_our_name put_our_names put_my_hand"
        " take_it_to_the_bank take_that_to_the_bank take_this_to_the_bank bank_on count_on_it count_on_that"
        " can_count_on"
        " rely_on_it rely_on_that depend_on_it depend_on_that can_rely_on may_rely_on"
        " mark_my_words mark_it_in mark_it_down hold_me_to hold_us_to come_what_may"
        " come_hell come_rain rain_or_shine whatever_happens no_matter_what hand_on_heart cross_my_heart on_my_life"
        " on_my_mother's_life on_my_mother hope_to_die trust_me take_my_word take_it_from_me bet_on_it"
        " bet_on_that my_life_on"
        " bet_my bet_the_house bet_your"
        " sure_thing dead_cert"
        " lose_sleep lose_no_sleep"
        " sleep_soundly you_are_covered you're_covered not_a_hope not_a_guess not_a_forecast not_a_maybe no_maybe"
        " underwrite underwrites answer_for ensures ensured ensure_that_you ensure_that_we ensure_that_there"
        " ensure_that_no"
        " as_safe_as mathematically word_of_honour word_of_honor"
        " on_my_honour in_the_bag cast_iron ironclad iron_clad see_to_it_that",
        "K": "are_ruled_out is_ruled_out are_certain are_assured is_assured beyond_all_doubt as_sure_as it_is_certain safe_bet i'd_bet i_'d_bet i_bet"
        " we_bet be_sure_of be_sure_it be_sure_that no_chance_that no_chance_of foregone take_as_read as_read as_given"
        " a_given for_granted can_be_sure may_be_sure be_quite_sure that_much_is_sure that_much_is_certain"
        " that_much_is_settled that_much_is_given that_much_is_clear is_certain absolutely_certain absolutely_sure"
        " perfectly_sure hundred_percent_sure certain_that no_doubt_about no_question_about"
        " beyond_doubt beyond_question not_in_doubt without_doubt without_a_doubt no_two_ways rest_assured be_assured"
        " for_sure for_certain done_deal no_cause_for_worry no_need_to_worry needn't_worry have_no_fear no_fear no_ifs"
        " no_buts stand_behind stands_behind standing_behind set_in_stone"
        " can_put_in_writing put_that_in_writing put_it_in_writing give_it_in_writing have_it_in_writing full_stop"
        " regardless_of whatsoever a_certainty as_certain_as foregone_conclusion",
        "T": "certain_to bound_to sure_to destined_to guaranteed_to",
        "H": "is_history are_history a_thing_of_the_past things_of_the_past",
        "X": "paid_for_itself pays_for_itself pay_for_itself risk_free riskless foolproof zero_risk no_risk without_risk without_any_risk free_of_risk free_of_any_risk no_danger no_hazard in_no_danger no_downside no_risk_for",
        "S": "fail_safe failsafe"
        " bulletproof watertight cannot_fail can't_fail cannot_lose can't_lose cannot_go_wrong can't_go_wrong"
        " nothing_can_go_wrong nothing_will_go_wrong never_fails never_fail never_breaks never_lets never_crashes"
        " without_a_hitch without_a_glitch without_a_hiccup without_incident not_for_a_minute"
        " not_for_a_second not_for_a_day"
        " not_for_an_hour not_for_a_moment only_one_way never_goes_down does_not_go_out"
        " "
        " cannot_miss can't_miss unbreakable"
        " unsinkable can_only_win impossible_to_fail"
        " win_every_time"
        " sells_itself sell_themselves can't_be_beaten",
        "O": "result outcome yield harvest noise dust breakdown breakdowns repairs callbacks loyalty trust reach impressions leads bookings rating stars crowd crowds headlines"
        " award awards prize buzz viewership engagement retention renewals error-free bug-free rankings turnout sick_leave absences absenteeism turnover_of_staff wear"
        " rejects scrap recalls penalties fraud infringements congestion jams pollution emissions consumption hack hacks spam goodwill_of"
        " nil damage damaged outage outages incident incidents cancellation cancellations complaint"
        " complaints complain uptime"
        " downtime availability latency savings sales revenue turnover profit profits conversions conversion"
        " clicks sign_ups"
        " signups customers clients growth roi results performance delay delays delayed errors quality"
        " traffic queue queues"
        " infections breach breaches leak leaks defects bugs rollback rollbacks regressions audience"
        " audiences readers viewers"
        " listeners subscribers adoption churn accident accidents injury injuries claims stockouts shortage"
        " shortages losses loss"
        " breakages spoilage theft fines disputes lawsuit lawsuits strike strikes crash crashes failure"
        " failures interruption"
        " interruptions disruption disruptions dip surprises trouble hiccups mistakes overruns backlog"
        " backlogs finding success"
        " successful attendance visitors users popularity fame reputation satisfaction morale productivity"
        " output efficiency"
        " competitor competitors rivals market demand weather rain regulator attackers hackers stable smooth"
        " smoothly seamless"
        " seamlessly flawless flawlessly safe spotless perfect perfectly press coverage ratings reviews"
        " response late idle"
        " missed hungry ill stockouts outbreak waste overrun winner hit bestseller map occupancy yield footfall"
        " margin returns cost_per_acquisition waiting_time waiting_times waiting_list your_bill your_costs"
        " on_time home_by",
        "j": "it this these those here there",
        "L": "at_least no_less_than not_less_than no_fewer_than well_over well_above",
        "E": "love_it go_down_by waiting slip sag save saves beat beats double doubles triple treble halve outperform rise grow fall drop climb"
        " improve increase boost"
        " lift raise recover pay_off succeed fail win attract repeat recur happen occur vanish disappear"
        " sell_out sold break"
        " exceed surpass eliminate prevent solve reduce lower bring_in flourish thrive prosper convert"
        " earn cover_its"
        " come_back_twice break_even catch_on hold_up outlast",
        "R": "cost need matter count mean help require deserve disagree differ meet argue clash hurried make_our make_my read want like find need hear know call say understand notice"
        " appreciate forgive agree"
        " remember do take look"
        " answer reply send accept sign decide approve ask think again follow write keep move offer"
        " propose talk see_that"
        " tell mind sulk cry thank smile laugh survive wonder guess call_it judge consider discuss "
        " revert get have_to refuse"
        " pretend frame skip require insist give_way remain be_glad be_happy be_asked be_milled"
        " bind check hold"
        " suit suffice grant_you confess regret miss_you hesitate name list depend",
        "g": "come go stay stand open change",
        "D": "answer terms term figure figures rest offer reply paper contract clause message number line lines"
        " point points sheet step"
        " version proposal decision word draft price page minutes",
    }
)
"""Letters of this guard beside the common ones."""

VOUCHED = Pattern(r"[USKX]|T(?![Rg])|(?<![j#])H")
"""What vouches; a `K` says only how sure somebody is, so it vouches where an outcome or a thing of the world is named."""
REFUSED = Pattern(r"[nm].{0,3}[UKT]")
"""Words that decline to vouch, for the rest of the sentence too."""
DENIED = Pattern(r"[nQ](?!,)[^,:]{0,6}$|m[^,:]{0,6}$|[yi]m.{0,8}$")
"""What takes it back before it."""
OPEN = Pattern(r"[cm]")
"""What leaves a future open."""
DENIED_FUTURE = Pattern(r"n[^f]{1,9}f")
"""What denies a future before it is told: `we do not say that there will be no delay`."""
ABSOLUTE = Pattern(
    r"Q[^,:DRiy]{1,5}?(?<!i)f.?g|Q[^,:D]{0,7}?(?<!i)(?<!ib)f(?!.{0,2}[Rg])|(?<!i)f[^,:D]{0,6}?[Q](?![Rg])|(?<=i)f.?[hb][^,:D]{0,5}?Q(?![Rg])|(?<!i)(?<!ib)f[^,:DRg]{0,4}?Z|Z[^,:D]{0,5}?(?<!i)(?<!ib)f(?!.{0,2}[Rg])"
)
"""A future without exception: `no neighbour will have cause`, `there will be not one`, `every sack will pass`."""
OUTCOME = Pattern(
    r"(?<!i)(?<!ib)f[^,:DRg]{0,3}?L#|O[^,:D]{0,8}?(?<!i)(?<!ib)f(?!.{0,2}[Rg])|(?<!i)(?<!ib)f[^,:DRg]{0,8}?O|(?<!D)f[^,:DRg]{0,3}?E(?!D)"
)
"""A flat future of what nobody controls: `will bring the damage down`, `you won't see a day of delay`, `will double`."""
VAGUE = Pattern(r"^[^,]?[jw]f")
"""A future of something that is not named: `it will always be a compromise`."""
FUTURE_WORDS = frozenset(
    f"{word}{end}" for word in ("i", "you", "we", "they", "it", "he", "she", "there", "that", "this") for end in ("'ll",)
) | frozenset(("will", "shall", "won't", "going", "gonna"))
OUTCOME_WORDS = frozenset(word for letter in "QZOE" for words in CLASSES[letter].split() for word in words.split("_"))
"""Without one of these beside a future, nothing flat is told."""
_VOUCH_WORDS_TEXT = (
    "guarantee guarantees guaranteed guaranteeing warrant word promise promises promised vouch vouches"
    " vouched fire rule impossible forever zero happen happens assured pledge swear"
    " assure assured assures ifs buts stop fail name names hand stand stands standing bank count rely depend"
    " sure certain settled"
    " given bound doubt question marks mark hold come rain whatever matter heart life trust bet writing"
    " granted read certainty bet"
    " cert deal conclusion fear worry sleep covered hope guess forecast maybe underwrite underwrites answer"
    " ensures ensured ensure"
    " bet scenario stake never once ever chance honour iron solid world house farm build only can't cannot assure upon foregone slip least"
    " safe mathematically honour honor bag iron ironclad whatsoever stone risk risk-free foolproof failsafe"
    " fail-safe bulletproof"
    " watertight lose wrong fails breaks crashes hitch glitch hiccup minute second moment way past down paid"
    " pays pay ruled"
    " downside miss unbreakable unsinkable win history danger hazard itself themselves words period"
)
VOUCH_WORDS = frozenset(_VOUCH_WORDS_TEXT.split()) - frozenset(
    ("hope", "read", "down", "come", "rain", "answer", "second", "hand")
) | frozenset(("shine", "hell", "reads", "names", "hour", "goes"))
