package datastack.basis_test

import data.datastack.plans_test as plans

domain := {"rules": {"invite_domain": ["northwind.example"]}}

leavers := {"rules": {"leavers": true}}

empty := plans.plan([], [])

eve := plans.plan([plans.invite({"email": "eve@evil.example", "role": null})], [])

test_an_empty_plan_passes if plans.denied(domain, empty) == set()

test_what_is_no_plan_does_not if {
	every input_ in [{}, [], "plan", {"format_version": "2.0"}, {"format_version": null}] {
		plans.denied(domain, input_) == {"plan: the file"}
	}
}

test_a_plan_with_an_error_does_not if {
	plans.denied(domain, object.union(empty, {"errored": true})) == {"plan: the plan"}
}

test_half_a_plan_does_not if {
	plans.denied(domain, object.union(empty, {"complete": false})) == {"plan: the plan"}
	plans.denied(domain, object.union(empty, {"complete": true})) == set()
}

test_modules_are_looked_at_to_the_seventh_level if {
	found := plans.people([
		{"email": "left@northwind.example", "dbtcloud": {"status": "inactive"}, "fivetran": {"status": "active"}},
	])
	plans.denied(leavers, nested(7, found)) == {"leavers: left@northwind.example"}
	plans.denied(leavers, nested(8, found)) == {"facts: the rule leavers", "plan: the module"}
}

# A plan with a data source that many modules deep.
nested(depth, source) := object.union(empty, {"prior_state": {"values": {"root_module": json.unmarshal(text)}}}) if {
	text := concat("", [
		concat("", [`{"address":"module.m","child_modules":[` | some _ in numbers.range(1, depth)]),
		json.marshal({"address": "module.m", "resources": [source]}),
		concat("", ["]}" | some _ in numbers.range(1, depth)]),
	])
}

test_modules_and_for_each_are_judged if {
	some finding in data.main.deny with data.access as domain with input as plans.plan(
		[object.union(
			plans.invite({"email": "eve@evil.example", "role": null}),
			{"address": `module.people["a.b"].datastack_fivetran_user_invite.person["eve@evil.example"]`},
		)],
		[],
	)
	startswith(finding.msg, `module.people["a.b"].datastack_fivetran_user_invite.person["eve@evil.example"]: eve@evil.example is`)
}

test_a_plan_without_this_provider_passes if {
	other := {"format_version": "1.2", "configuration": {"provider_config": {"aws": {"full_name": "registry.terraform.io/hashicorp/aws"}}}}
	plans.denied(leavers, other) == set()
	plans.denied(leavers, {"format_version": "1.2"}) == set()
}

test_a_plan_to_destroy_is_judged_on_what_it_does if {
	gone := plans.plan([plans.deleted("eve@evil.example")], [])
	plans.denied(domain, gone) == set()
	plans.denied({"rules": {"deletion": "offboarding"}}, gone) == {"deletion: eve@evil.example"}
}

test_other_types_are_not_judged if {
	other := object.union(plans.invite({"email": "eve@evil.example"}), {"type": "fivetran_user"})
	read := object.union(plans.invite({"email": "eve@evil.example"}), {"mode": "data"})
	plans.denied(domain, plans.plan([other, read], [])) == set()
}

test_an_address_that_is_not_known_yet_does_not_pass if {
	plans.denied(domain, plans.plan([plans.invite({"role": null})], [])) == {"known: somebody"}
}

test_an_address_that_is_both_told_and_unknown_does_not_pass if {
	odd := plans.change(["create"], null, {"email": null, "role": null}, {"email": true})
	"known: somebody" in plans.denied(domain, plans.plan([odd], []))
}

test_what_no_rule_looks_at_need_not_be_known if {
	plans.denied(domain, plans.plan([plans.invite({"email": "ada@northwind.example"})], [])) == set()
}

test_without_settings_nothing_passes if {
	every access in [{}, {"rules": {}}, {"rules": null}, {"rules": {"invite_domain": false}}] {
		plans.denied(access, eve) == {"settings: the settings"}
	}
}

test_a_rule_that_is_switched_off_finds_nothing if {
	plans.denied(object.union(leavers, {"rules": {"invite_domain": false}}), plans.plan([], [])) == {"facts: the rule leavers"}
	plans.denied(object.union(domain, {"rules": {"leavers": false}}), eve) == {"invite_domain: eve@evil.example"}
}

test_something_forgotten_in_a_list_is_found if {
	every list in [[], ["northwind.example", null], ["northwind.example", ""], ["northwind.example", 7]] {
		"settings: invite_domain" in plans.denied({"rules": {"invite_domain": list}}, eve)
		"settings: invite_role" in plans.denied({"rules": {"invite_role": list}}, eve)
	}
}

test_names_that_are_no_rules_are_refused if {
	misspelt := {
		"rules": {"invite_domain": ["northwind.example"], "leaver": true},
		"exceptions": {"invite_domains": ["eve@evil.example"]},
		"warnings": ["invite-domain"],
	}
	plans.denied(misspelt, eve) == {
		"settings: leaver",
		"settings: invite_domains",
		"settings: invite-domain",
		"invite_domain: eve@evil.example",
	}
}

test_an_empty_part_of_the_settings_hides_nothing if {
	plans.denied({"rules": {"leaver": true}, "exceptions": null, "warnings": null}, eve) == {"settings: leaver"}
}

test_a_setting_of_another_type_is_refused if {
	every rule in names {
		sprintf("settings: %s", [rule]) in plans.denied({"rules": {rule: {"strange": null}}}, empty)
		sprintf("settings: %s", [rule]) in plans.denied({"rules": {rule: null}}, empty)
	}
}

names contains name if data.datastack.rules[name].deny

test_there_are_rules if count(names) > 10

test_warnings_do_not_stop if {
	access := object.union(domain, {"warnings": ["invite_domain"]})
	plans.denied(access, eve) == set()
	plans.warned(access, eve) == {"invite_domain: eve@evil.example"}
}

test_exceptions_are_for_one_rule if {
	plans.denied(object.union(domain, {"exceptions": {"invite_domain": ["Eve@evil.example"]}}), eve) == set()
	plans.denied(object.union(domain, {"exceptions": {"leavers": ["eve@evil.example"]}}), eve) == {"invite_domain: eve@evil.example"}
}

test_exceptions_are_lists_of_texts if {
	every list in [[null], [], "eve@evil.example", null, {"x": "eve@evil.example"}] {
		found := plans.denied(object.union(domain, {"exceptions": {"invite_domain": list}}), eve)
		"settings: invite_domain" in found
	}
}

test_other_facts_are_no_facts if {
	other := plans.read("datastack_dbtcloud_scim_config", {"enabled": true})
	plans.denied(leavers, plans.plan([], [other])) == {"facts: the rule leavers"}
}

test_other_providers_may_read_on_apply if {
	late := {"address": "data.aws_caller_identity.me", "mode": "data", "type": "aws_caller_identity", "action_reason": "read_because_config_unknown"}
	plans.warned(leavers, plans.plan([late], [])) == set()
}

test_filtered_facts_are_no_facts if {
	every argument in ["systems", "emails", "email_aliases"] {
		few := plans.read("datastack_identities", {"people": [], argument: ["x"]})
		plans.denied(leavers, plans.plan([], [few])) == {"facts: the rule leavers"}
	}
}

test_facts_that_could_not_be_read_are_no_facts if {
	nothing := plans.read("datastack_dbtcloud_service_tokens", {"service_tokens": null})
	plans.denied({"rules": {"service_token_grant": ["owner"]}}, plans.plan([], [nothing])) == {"facts: the rule service_token_grant"}
}

test_facts_are_missed_whatever_the_namespace if {
	fork := {"provider_config": {"datastack": {"full_name": "registry.example.com/corp/datastack"}}}
	plans.denied(leavers, object.union(empty, {"configuration": fork})) == {"facts: the rule leavers"}
	change := plans.role_changed("ada@northwind.example", null, "Account Reviewer")
	plans.denied(leavers, json.remove(plans.plan([change], []), ["configuration"])) == {"facts: the rule leavers"}
}

test_facts_that_two_modules_read_are_shown_once if {
	left := {"email": "left@northwind.example", "dbtcloud": {"status": "inactive"}, "fivetran": {"status": "active"}}
	once := plans.people([left])
	again := object.union(once, {"address": "module.b.data.datastack_identities.all"})
	other := object.union(plans.people([left, left]), {"address": "module.c.data.datastack_identities.all"})
	found := {finding.address | some finding in data.main.deny} with data.access as leavers
		with input as plans.plan([], [again, other, once])
	found == {once.address, other.address}
}

test_facts_that_are_read_on_apply_are_missed if {
	every reason in ["read_because_config_unknown", "read_because_dependency_pending"] {
		late := {
			"address": "data.datastack_identities.all",
			"mode": "data",
			"type": "datastack_identities",
			"action_reason": reason,
			"change": {"actions": ["read"], "before": null, "after": {}, "after_unknown": {"people": true}},
		}
		plans.denied(leavers, plans.plan([late], [])) == {"facts: the rule leavers"}
		plans.warned(leavers, plans.plan([late], [])) == {"facts: what the data source tells"}
	}
}

test_facts_of_a_check_block_are_facts if {
	source := plans.people([])
	nested_in_check := object.union(source, {"action_reason": "read_because_check_nested", "change": {"actions": ["read"]}})
	found := {finding.msg | some finding in data.main.deny} with data.access as leavers
		with input as plans.plan([nested_in_check], [source])
	count(found) == 2
	every message in found { contains(message, "finds nobody in") }
	plans.warned(leavers, plans.plan([nested_in_check], [source])) == set()
}
