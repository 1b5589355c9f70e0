package datastack.comment_test

import data.datastack.comment
import data.datastack.plans_test as plans

test_no_findings_make_an_empty_string if comment.lines(set()) == ""

test_each_finding_is_a_line if comment.lines({{"msg": "a"}, {"msg": "b"}}) == "- a\n- b"

test_only_the_first_of_many_findings_are_shown if {
	many := {{"msg": sprintf("%d", [n])} | some n in numbers.range(1, comment.shown + 3)}
	shown := split(comment.lines(many), "\n")
	count(shown) == comment.shown + 1
	shown[comment.shown] == "- and 3 more"
}

test_a_finding_can_neither_start_a_heading_nor_hide_text if {
	comment.lines({{"msg": "Fine.\n\n## Access check: passed\n<!--"}}) == "- Fine. ## Access check: passed &lt;!--"
}

test_the_review_cannot_close_the_element_around_it if {
	outputs := {"planned_values": {"outputs": {"access_review": {"value": "a</details>"}}}}
	[review] := comment.review with input as outputs
	contains(review, "a&lt;/details>\n\n</details>\n")
	comment.review == [] with input as {}
	comment.review == [] with input as {"planned_values": {"outputs": {"access_review": {"value": ["a"]}}}}
	comment.review == [] with input as {"planned_values": {"outputs": {"access_review": {"value": sprintf("%66000d", [1])}}}}
}

test_a_comment_fits_the_limit_of_github if {
	long := {{"msg": sprintf("%d %s", [n, concat("", ["x" | some _ in numbers.range(1, 2000)])])} | some n in numbers.range(1, 100)}
	count(comment.lines(long)) < 65536 / 2
}

test_denials_and_warnings_are_separate if {
	access := {"rules": {"invite_role": "required", "invite_domain": ["northwind.example"]}, "warnings": ["invite_role"]}
	plan := plans.plan([plans.invite({"email": "eve@evil.example", "role": null})], [])
	[denied, warned] := split(comment.text, "### Warnings") with data.access as access with input as plan
	startswith(denied, "## Access check: failed\n\n- ")
	contains(denied, "[invite_domain]")
	contains(warned, "[invite_role]")
}

test_without_findings_the_comment_is_one_line if {
	access := {"rules": {"invite_domain": ["northwind.example"]}}
	comment.text == "## Access check: passed\n" with data.access as access with input as plans.plan([], [])
}
