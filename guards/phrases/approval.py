"""How do people say that somebody approved? Classes of words, and patterns over them (see `guards.grammar`)."""

# ruff: noqa: E501 - phrases and word lists stay whole

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from guards.pattern import Pattern

__all__ = ["CLAIMS", "CLASSES", "DOUBTED", "LEFT_OPEN", "TRIGGERS", "UNSETTLED"]

CLASSES: Mapping[str, str] = MappingProxyType(
    {
        "A": "people_at_the_top people_upstairs those_at_the_top those_upstairs those_in_charge those_above_us finance financial legal counsel lawyer lawyers attorney attorneys controller controllers treasury"
        " treasurer board boards committee council director directors manager managers chief head lead owner"
        " owners officer boss"
        " bosses executive executives exec execs management leadership ceo cfo cto cmo coo ciso cio dpo vp"
        " auditor auditors audit"
        " supervisor supervisors principal sponsor president chair chairman chairwoman chairperson secretary"
        " union superiors"
        " superior higher-ups higher_up higher-up approver approvers hq headquarters head_office head_of upstairs desk"
        " procurement accounts accounting accountant accountants hr compliance security trustees trustee shareholders"
        " shareholder investors investor insurer insurers underwriters underwriter regulator regulators bank"
        " consent_team"
        " steering_group steering_committee works_council risk_team operations ops engineering partners"
        " group risk privacy"
        " comptroller notary commissioner inspectorate registrar licensor landlord ministry minister mayor echelons top_brass parent_company mother_company"
        " staff_meeting general_meeting annual_meeting shareholders'_meeting panel jury donors patron rector provost senate quartermaster superintendent purser"
        " authorities purchasing upper_floors"
        " powers_that_be top_floor c_suite hierarchy dean governors governor",
        "P": "team teams people staff crew colleagues department departments organisation organization everyone_here",
        "V": "approved preapproved cleared okayed ok'd ok'ed greenlit green_lit green_lighted greenlighted authorised"
        " authorized blessed ratified endorsed sanctioned countersigned rubber_stamped waved_through waved_it_through"
        " waved_this_through waved_them_through waved_us_through waved_it_on nodded_through nodded_it_through"
        " nodded_this_through signed_off signed_it_off signed_this_off signed_that_off signed_them_off"
        " signed_off_on vetted"
        " given_the_green_light given_the_go_ahead given_the_nod given_the_all_clear consented"
        " ticked ticked_off ticked_it_off ticked_this_off ticked_the_box rung_through green_stamped given_the_thumbs_up given_its_seal given_its_consent"
        " given_her_consent given_his_consent given_its_word given_a_nod passed_it passed_this let_pass gone_along_with"
        " said_yes says_yes say_yes_already passed_muster rubberstamped waved nodded squared_away"
        " given_its_blessing squared",
        "W": "agreed accepted confirmed signed signed_on signed_it signed_up released backed passed supported"
        " liked welcomed took_some_convincing took_some_persuading"
        " took_convincing says_go voted_for voted_in_favour voted_yes put_her_name put_his_name put_its_name put_their_name checked_it checked_this"
        " needed_some_convincing needed_some_persuading came_round come_round came_around come_around"
        " warmed_to stands_behind"
        " stand_behind stood_behind gives_it said_it_is said_ok said_okay said_fine waived granted raised_no validated"
        " is_for it's_a_yes given gave_in conceded adopted seconded initialled initialed stamped"
        " permitted allowed"
        " let_it_through has_no_say gone_along went_along goes_along go_along dropped_his dropped_her dropped_its"
        " lifted convinced"
        " persuaded won_over sold_on smiled_on relented gave_way bought_in bought_into",
        "Y": "agrees accepts consents supports supporting likes loves welcomes blesses backs approves",
        "j": "this these those both",
        "E": "it",
        "a": "the",
        "M": "on_his_desk on_her_desk on_their_desk on_its_desk on_the_desk in_front_of_her in_front_of_him in_front_of_them",
        "Q": "against opposed object objects objected oppose opposes mind minds minded bat blink flinch murmur protest complain hesitate",
        "N": "approval approvals sign_off sign_offs signoff blessing blessings nod go_ahead green_light"
        " clearance clearances"
        " thumbs_up authorisation authorization permission all_clear say_so buy_in imprimatur consent ok"
        " okay yes rubber_stamp"
        " stamp_of_approval backing signature signatures mandate_for countersignature endorsement"
        " agreement_in_principle"
        " the_okay the_ok an_okay an_ok his_ok her_ok their_ok his_okay her_okay their_okay its_ok its_okay seal tick stamp fiat nihil_obstat ratification amen thumbs-up counter-signature vote"
        " seal_of_approval assent initials free_hand paperwork vote_of_confidence",
        "G": "through_with_it through_with_this fine happy ok okay comfortable on_board in_the_loop in_favour in_favor in_agreement supportive"
        " relaxed aware content"
        " behind_it behind_you behind_this behind_us up_to_speed in_the_picture at_ease satisfied pleased unanimous with_us_on with_us_in with_me_on with_me_in cool"
        " all_right alright"
        " good good_with easy_about at_peace reconciled sold aboard on_side onside d'accord"
        " could_live_with sees_the_sense cool_with enthusiastic delighted keen"
        " in_the_know informed convinced thrilled positive agreeable squared green live_with_it",
        "J": "can_live_with nothing_to_add raised_no_objection raised_no_objections raised_no_doubts raised_no_concern raised_no_concerns no_issue no_issues no_objection no_objections no_problem no_problems no_concern no_concerns"
        " no_quarrel no_qualms"
        " no_difficulty no_difficulties no_reservation no_reservations no_obstacle no_obstacles"
        " without_objection no_worries"
        " nothing_against no_trouble no_complaint no_complaints no_further_questions no_questions no_comment"
        " no_comments"
        " not_object n't_object n't_mind not_mind not_stand_in_the_way n't_stand_in_the_way would_go_along"
        " will_go_along raise_no not_resist no_hesitation no_remarks no_second_thoughts",
        "S": "seen had_a_look had_a_chance gone_through gone_over looked_at looked_over looked_through"
        " reviewed had_sight been_through"
        " went_through been_over went_over read_it read_this read_through read_m"
        " slept_on slept_over looked saw studied examined checked",
        "k": "got_wind wind_of knows knew heard learned learnt known understands",
        "T": "told informed briefed notified consulted updated copied_in copied looped_in shown showed"
        " walked walked_through"
        " mentioned raised discussed checked checked_with ran run run_past ran_past took taken put"
        " sent went gone handed spoke spoken talked shared presented submitted forwarded flagged reported"
        " warned alerted cc_'d cc_'ed lined_up sounded_out sounded prewarned forewarned asked_and called"
        " phoned rang emailed"
        " mailed filed lodged gave given is_with is_on_record_with in_front_of tabled aired"
        " advised looped ran_it"
        " went_by notice made_aware kept_posted kept_informed kept_abreast",
        "L": "did_so has_done_so have_done_so did_likewise did_too has_too does_too as_well_did likewise followed_suit",
        "o": "so_has so_have so_is so_are so_did so_does nor_has nor_did neither_has neither_did as_is as_has as_did as_does",
        "O": "eyes view books opinion",
        "l": "she_did he_did they_did",
        "p": "by with from of to past before across through for over in_front_of on at via",
        "D": "a_matter_of_minutes a_matter_of_hours under_it under_this beneath_it in through there given granted done secured obtained back settled on_file on_record in_hand"
        " complete completed"
        " received in_place in_the_bag formality here behind_us a_formality signed_and_sealed taken_care_of recorded"
        " already_in a_given out_of_the_way in_our_pocket sorted sealed on_paper",
        "d": "came come arrived covers cover holds stands extends applies includes carries reached landed sits follows",
        "g": "gave given gives giving received receive obtained secured carries hold holds won comes_with"
        " came_with come_with"
        " picked_up landed earned enjoys bears went_through_with collected",
        "z": "met took found wrote made let left slept felt thought meant kept said brought sat stood drew",
        "x": "our_side internally upstairs on_our_side at_our_end on_our_end in_house on_this_side our_end my_end",
        "i": "i we our my us me ours mine ourselves myself house this_side",
        ".": "seen_better seen_worse seen_more seen_many come_last come_later come_first come_after come_when come_before comes_last comes_first likes_to loves_to like_to liked_to welcomes_a wants_to on_your_side at_your_end on_your_end of_yours head_over lead_time lead_times ahead"
        " owner_of_the_goods board_and sign_up no_later security_deposit bank_holiday"
        " yes_or_no finance_plan all_right_with bank_details accounts_for in_good good_faith good_news"
        " can_take_it may_take_it can_be_sure may_be_sure can_rest_assured",
        "c": "before_he before_she before_they before_it before_anybody before_anyone before_any",
        "m": "a_say the_say the_last_word the_final_word the_final_say a_vote a_veto a_voice the_pen declined refused rejected objected opposed vetoed blocked hesitated complained gate gates threshold line_for decides decide approve approves_above whose_approval",
    }
)
"""Letters of this guard beside the common ones."""
_N = "[^nmcfqiyr,:(]"
"""Any word that takes nothing back and brings no other speaker in."""
_M = "[^nmcfq,:(]"
"""The same, with the speaker allowed."""
_WHO = "[ABt]"
_GAP = rf"(?:{_N}|,(?=[&hz]))"
CLAIMS = Pattern(
    rf"(?<![iyr])(?<![iyr][.])[hbs]{_N}{{0,3}}?V"
    rf"|(?:b|h){_M}{{0,3}}?[VWTN]{_N}{{0,4}}?p{_N}{{0,3}}?[AB]|hV{_N}{{0,2}}?p{_M}{{0,3}}?[AB]"
    rf"|(?<![iyr])V{_N}{{0,4}}?p?{_N}{{0,3}}?[AB]"
    rf"|{_WHO}(?:,{_M}{{1,8}}?,)?{_N}{{0,6}}?(?:[VS]|[hs]{_N}{{0,2}}?[WSG]|h{_N}{{0,2}}?N|W(?!i)|Y(?=[jEaw#iy,]|$)|[bs]{_N}{{0,3}}?[GTW]"
    rf"|f?J|k|[hg]{_N}{{0,3}}?J)"
    rf"|{_WHO}{_N}{{0,4}}?(?:[hg]{_M}{{0,5}}?[NJ]|g{_M}{{0,2}}?G)"
    rf"|[hg]{_M}{{0,5}}?N(?![nm])"
    rf"|[Bt](?:,{_M}{{1,8}}?,)?{_GAP}{{0,10}}?(?:hs?{_N}{{0,2}}?[zhTW]|z)|B(?:,{_M}{{1,8}}?,)?{_GAP}{{0,4}}?q"
    rf"|^V[p,:]"
    rf"|{_WHO}{_GAP}{{0,14}}?J"
    rf"|h{_M}{{0,3}}[AB]{_N}{{0,2}}?G|hS{_M}{{0,3}}[AB]"
    rf"|(?<![iyr])(?<![iyr]s)(?<![iyr][.])N(?:wi?[hg]|p[iy].)?{_N}{{0,5}}?(?:[bhs]{_N}{{0,3}}?[DVdGg]|d)"
    rf"|[AB]{_GAP}{{0,2}}?(?:z|T){_N}{{0,4}}?(?:[DE]|j(?!\.))|[ABt]{_N}{{0,4}}?h{_N}{{0,5}}?M|[AB]{_N}{{0,3}}?[bs]{_N}{{0,2}}?x"
    rf"|n{_N}{{0,4}}?[ABP]{_N}{{0,3}}?[bh]?{_N}?Q|[AB]{_N}{{0,3}}?n{_N}{{0,2}}?Q"
    rf"|o{_N}{{0,3}}?[AB]|[AB]s[dO]|^l(?=[,:]|$)"
    rf"|(?:i{_N}{{0,3}}?|w|^|,|&)T{_M}{{0,6}}?[AB]|T{_M}{{0,4}}?p{_M}{{0,3}}?[AB]"
    rf"|e{_N}{{0,5}}?[bs]{_N}{{0,2}}?[G](?!i)"
    rf"|P{_N}{{0,3}}?[hs]{_N}{{0,2}}?[VT]|P{_N}{{0,3}}?V"
    rf"|(?<![ny])i{_N}{{1,3}}?sN(?!.{{0,3}}[nm])|[ABt]{_N}{{0,3}}?[zTqW]{_N}{{0,3}}?:{_N}{{0,2}}?[NV]|[AB]s?{_N}{{0,2}}?L"
    rf"|[bh]{_N}{{0,3}}?[VTW]{_N}{{0,3}}?x|x{_N}{{0,3}}?[bh]{_N}{{0,2}}?[VG]"
)
"""A claim in letters: somebody with a say, and that he consented, is content, saw it or was told; or a consent."""
DOUBTED = Pattern(r"[cnmfu]|[yr].?q|r.?z")
"""What takes a claim back where it stands before it in the same part of the sentence."""
UNSETTLED = Pattern(r"c|m[^,]{0,3}:|^\.?[yr][qz],")
"""What takes it back wherever it stands before it in the sentence."""
LEFT_OPEN = Pattern(r"[^,:]{0,8}?[c]|\.?[nm]|[bh]\.?m")
"""What takes it back behind it."""
TRIGGERS = frozenset(word for letter in "AVNP" for word in CLASSES[letter].split() if "_" not in word) | frozenset(
    [
        "ok",
        "okayed",
        "green",
        "rubber",
        "thumbs",
        "waved",
        "nodded",
        "nod",
        "sign",
        "signed",
        "sign-off",
        "signed-off",
        "go-ahead",
        "ahead",
        "higher-ups",
        "higher",
        "powers",
        "greenlight",
        "upstairs",
        "internally",
        "everyone",
        "everybody",
        "buy-in",
        "green-lit",
        "rubber-stamped",
        "pre-approved",
        "ok'd",
        "told",
        "briefed",
        "informed",
        "notified",
        "passed",
        "along",
    ]
) - frozenset(("lead", "head", "owner", "yes", "ok", "okay", "group", "side", "house", "unit", "engineering"))
"""Words without which nothing is claimed."""
