package datastack.basis_test

import data.datastack.plans_test as plans

domain := {"rules": {"invite_domain": ["northwind.example"]}}

leavers := {"rules": {"leavers": true}}

empty := plans.plan([], [])

eve := plans.plan([plans.invite({"email": "eve@evil.example", "role": null})], [])

test_an_empty_plan_passes if plans.denied(domain, empty) == set()

test_other_input_does_not_pass if {
	every input_ in [{}, [], "plan", {"format_version": "2.0"}, {"format_version": null}] {
		plans.denied(domain, input_) == {"plan: the file"}
	}
}

test_a_plan_with_an_error_does_not_pass if {
	plans.denied(domain, object.union(empty, {"errored": true})) == {"plan: the plan"}
}

# As Terraform 1.5 writes it, without "errored".
test_a_plan_with_a_failed_condition_does_not_pass if {
	every status in ["fail", "error"] {
		condition := {"address": {"kind": "resource", "to_display": "a.b"}, "status": status}
		plans.denied(domain, object.union(empty, {"checks": [condition]})) == {"plan: the condition"}
	}
	every other in [
		{"address": {"kind": "resource", "to_display": "a.b"}, "status": "pass"},
		{"address": {"kind": "output_value", "to_display": "output.a"}, "status": "unknown"},
		{"address": {"kind": "check", "to_display": "check.a"}, "status": "fail"},
	] {
		plans.denied(domain, object.union(empty, {"checks": [other]})) == set()
	}
}

test_part_of_a_plan_does_not_pass if {
	plans.denied(domain, object.union(empty, {"complete": false})) == {"plan: the plan"}
	plans.denied(domain, object.union(empty, {"complete": true})) == set()
}

test_modules_are_read_to_the_seventh_level if {
	found := plans.people([
		{"email": "left@northwind.example", "dbtcloud": {"status": "inactive"}, "fivetran": {"status": "active"}},
	])
	plans.denied(leavers, nested(7, found)) == {"leavers: left@northwind.example"}
	plans.denied(leavers, nested(8, found)) == {`data_sources: the rule "leavers"`, "plan: the module"}
}

# A plan with a data source that many modules deep.
nested(depth, source) := object.union(empty, {"prior_state": {"values": {"root_module": json.unmarshal(text)}}}) if {
	text := concat("", [
		concat("", [`{"address":"module.m","child_modules":[` | some _ in numbers.range(1, depth)]),
		json.marshal({"address": "module.m", "resources": [source]}),
		concat("", ["]}" | some _ in numbers.range(1, depth)]),
	])
}

test_resources_with_for_each_in_modules_are_checked if {
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

test_a_plan_to_destroy_is_checked if {
	gone := plans.plan([plans.deleted("eve@evil.example")], [])
	plans.denied(domain, gone) == set()
	plans.denied({"rules": {"deletion": "offboarding"}}, gone) == {"deletion: eve@evil.example"}
}

test_other_types_are_not_checked if {
	other := object.union(plans.invite({"email": "eve@evil.example"}), {"type": "fivetran_user"})
	read := object.union(plans.invite({"email": "eve@evil.example"}), {"mode": "data"})
	plans.denied(domain, plans.plan([other, read], [])) == set()
}

test_an_address_known_only_after_apply_does_not_pass if {
	plans.denied(domain, plans.plan([plans.invite({"role": null})], [])) == {"known: the user"}
}

test_an_address_both_null_and_unknown_does_not_pass if {
	odd := plans.change(["create"], null, {"email": null, "role": null}, {"email": true})
	"known: the user" in plans.denied(domain, plans.plan([odd], []))
}

test_arguments_that_no_rule_checks_may_be_unknown if {
	plans.denied(domain, plans.plan([plans.invite({"email": "ada@northwind.example"})], [])) == set()
}

test_without_settings_no_plan_passes if {
	every access in [{}, {"rules": {}}, {"rules": null}, {"rules": {"invite_domain": false}}] {
		plans.denied(access, eve) == {"settings: the settings"}
	}
}

test_a_disabled_rule_finds_nothing if {
	plans.denied(object.union(leavers, {"rules": {"invite_domain": false}}), plans.plan([], [])) == {`data_sources: the rule "leavers"`}
	plans.denied(object.union(domain, {"rules": {"leavers": false}}), eve) == {"invite_domain: eve@evil.example"}
}

test_an_empty_entry_in_a_list_is_found if {
	every list in [[], ["northwind.example", null], ["northwind.example", ""], ["northwind.example", 7]] {
		"settings: invite_domain" in plans.denied({"rules": {"invite_domain": list}}, eve)
		"settings: invite_role" in plans.denied({"rules": {"invite_role": list}}, eve)
	}
}

test_unknown_rule_names_are_found if {
	misspelled := {
		"rules": {"invite_domain": ["northwind.example"], "leaver": true},
		"exceptions": {"invite_domains": ["eve@evil.example"]},
		"warnings": ["invite-domain"],
	}
	plans.denied(misspelled, eve) == {
		"settings: leaver",
		"settings: invite_domains",
		"settings: invite-domain",
		"invite_domain: eve@evil.example",
	}
}

test_an_empty_part_of_the_settings_hides_no_finding if {
	plans.denied({"rules": {"leaver": true}, "exceptions": null, "warnings": null}, eve) == {"settings: leaver"}
}

test_a_setting_of_another_type_is_not_valid if {
	every rule in names {
		sprintf("settings: %s", [rule]) in plans.denied({"rules": {rule: {"strange": null}}}, empty)
		sprintf("settings: %s", [rule]) in plans.denied({"rules": {rule: null}}, empty)
	}
}

names contains name if data.datastack.rules[name].deny

test_there_are_rules if count(names) > 10

test_warnings_do_not_deny if {
	access := object.union(domain, {"warnings": ["invite_domain"]})
	plans.denied(access, eve) == set()
	plans.warned(access, eve) == {"invite_domain: eve@evil.example"}
}

test_an_exception_applies_to_one_rule if {
	plans.denied(object.union(domain, {"exceptions": {"invite_domain": ["Eve@evil.example"]}}), eve) == set()
	plans.denied(object.union(domain, {"exceptions": {"leavers": ["eve@evil.example"]}}), eve) == {"invite_domain: eve@evil.example"}
}

test_exceptions_are_lists_of_strings if {
	every list in [[null], [], "eve@evil.example", null, {"x": "eve@evil.example"}] {
		found := plans.denied(object.union(domain, {"exceptions": {"invite_domain": list}}), eve)
		"settings: invite_domain" in found
	}
}

test_another_data_source_does_not_count if {
	other := plans.read("datastack_dbtcloud_scim_config", {"enabled": true})
	plans.denied(leavers, plans.plan([], [other])) == {`data_sources: the rule "leavers"`}
}

test_other_providers_may_read_during_apply if {
	late := {"address": "data.aws_caller_identity.me", "mode": "data", "type": "aws_caller_identity", "action_reason": "read_because_config_unknown"}
	plans.warned(leavers, plans.plan([late], [])) == set()
}

test_a_filtered_data_source_does_not_count if {
	every argument in ["systems", "emails", "email_aliases"] {
		few := plans.read("datastack_identities", {"people": [], argument: ["x"]})
		plans.denied(leavers, plans.plan([], [few])) == {`data_sources: the rule "leavers"`}
	}
}

test_a_data_source_that_failed_does_not_count if {
	nothing := plans.read("datastack_dbtcloud_service_tokens", {"service_tokens": null})
	plans.denied({"rules": {"service_token_grant": ["owner"]}}, plans.plan([], [nothing])) == {`data_sources: the rule "service_token_grant"`}
}

test_data_sources_are_required_in_every_namespace if {
	fork := {"provider_config": {"datastack": {"full_name": "registry.example.com/corp/datastack"}}}
	plans.denied(leavers, object.union(empty, {"configuration": fork})) == {`data_sources: the rule "leavers"`}
	change := plans.role_changed("ada@northwind.example", null, "Account Reviewer")
	plans.denied(leavers, json.remove(plans.plan([change], []), ["configuration"])) == {`data_sources: the rule "leavers"`}
}

test_data_that_two_modules_read_is_reported_once if {
	left := {"email": "left@northwind.example", "dbtcloud": {"status": "inactive"}, "fivetran": {"status": "active"}}
	once := plans.people([left])
	again := object.union(once, {"address": "module.b.data.datastack_identities.all"})
	other := object.union(plans.people([left, left]), {"address": "module.c.data.datastack_identities.all"})
	found := {finding.address | some finding in data.main.deny} with data.access as leavers
		with input as plans.plan([], [again, other, once])
	found == {once.address, other.address}
}

test_a_data_source_read_during_apply_does_not_count if {
	every reason in ["read_because_config_unknown", "read_because_dependency_pending"] {
		late := {
			"address": "data.datastack_identities.all",
			"mode": "data",
			"type": "datastack_identities",
			"action_reason": reason,
			"change": {"actions": ["read"], "before": null, "after": {}, "after_unknown": {"people": true}},
		}
		plans.denied(leavers, plans.plan([late], [])) == {`data_sources: the rule "leavers"`}
		plans.warned(leavers, plans.plan([late], [])) == {"data_sources: the data source"}
	}
}

test_a_data_source_in_a_check_block_counts if {
	source := plans.people([])
	nested_in_check := object.union(source, {"action_reason": "read_because_check_nested", "change": {"actions": ["read"]}})
	found := {finding.msg | some finding in data.main.deny} with data.access as leavers
		with input as plans.plan([nested_in_check], [source])
	count(found) == 2
	every message in found { contains(message, ", and datastack_identities has none. ") }
	plans.warned(leavers, plans.plan([nested_in_check], [source])) == set()
}
