package datastack.basis.names_test

import data.datastack.plans_test as plans
import data.main

groups := plans.read("datastack_dbtcloud_groups", {"name_contains": null, "groups": [
	{"name": "Finance Reporting", "permissions": [{"permission_set": "brand_new"}]},
	{"name": "Empty", "permissions": []},
]})

people := plans.people([{
	"email": "ada@northwind.example",
	"dbtcloud": {"status": "active", "license_type": "read_only", "groups": ["Marketing"]},
	"rudderstack": {"status": "active", "groups": ["Analysts"]},
}])

roles := plans.read("datastack_fivetran_roles", {"scope": null, "roles": [
	{"name": "Northwind Steward", "scopes": ["ACCOUNT"]},
	{"name": "Edit Destination", "scopes": ["DESTINATION"]},
]})

tokens := plans.read("datastack_dbtcloud_service_tokens", {"service_tokens": [{"name": "ci", "grants": [{"permission_set": "held"}]}]})

denied(rules, reads) := plans.denied({"rules": rules}, plans.plan([], reads))

test_names_in_the_account_pass if {
	denied({"developer_seat": ["Finance Reporting", "Empty", "Marketing"]}, [people, groups]) == set()
	denied({"developer_seat": ["Marketing"]}, [people]) == set()
	denied({"invite_in_group": {"rudderstack": ["Analysts"], "dbtcloud": ["Empty"]}}, [people, groups]) == set()
	denied({"invite_administrator": ["account administrator", "Owner", "northwind Steward"]}, [people, roles]) == set()
	denied({"service_token_grant": ["account_admin", "held", "brand_new"]}, [tokens, groups]) == {"service_token_grant: ci"}
}

test_other_names_are_found if {
	denied({"developer_seat": ["Finance Reprting", "finance reporting", "Marketing"]}, [people, groups]) == {
		`names: "Finance Reprting"`,
		`names: "finance reporting"`,
	}
	denied({"invite_in_group": {"rudderstack": ["Analyst"], "dbtcloud": ["Analysts"]}}, [people]) == {`names: "Analyst"`, `names: "Analysts"`}
	denied({"invite_administrator": ["Account Admin"]}, []) == {`names: "Account Admin"`}
	denied({"invite_administrator": ["Edit Destination"]}, [roles]) == {`names: "Edit Destination"`}
	denied({"invite_role": ["Account Reviwer"]}, []) == {`names: "Account Reviwer"`}
	denied({"service_token_grant": ["acount_admin"]}, [tokens]) == {`names: "acount_admin"`}
}

test_a_warning_does_not_hide_a_misspelled_name if {
	access := {"rules": {"developer_seat": ["Reders"]}, "warnings": ["developer_seat"]}
	plans.denied(access, plans.plan([], [people, groups])) == {`names: "Reders"`}
}

test_an_exception_lets_a_name_pass if {
	access := {"rules": {"service_token_grant": ["acount_admin", "newer"]}, "exceptions": {"service_token_grant": ["newer"]}}
	plans.denied(access, plans.plan([], [tokens])) == {`names: "acount_admin"`}
}

test_a_rule_that_is_off_and_data_that_was_not_read_give_no_finding if {
	denied({"developer_seat": false, "invite_role": "required"}, [people, groups]) == set()
	denied({"invite_in_group": {"rudderstack": ["Analyst"]}}, []) == set()
}

message(rules, reads) := finding.msg if {
	some finding in main.deny with data.access as {"rules": rules} with input as plans.plan([], reads)
}

test_the_message_suggests_the_nearest_spelling if {
	message({"developer_seat": ["Finance Reprting"]}, [people, groups]) == concat(" ", [
		`data.access.rules.developer_seat: "Finance Reprting" is not the name of a group in dbt Cloud.`,
		`Did you mean "Finance Reporting"? Correct the name, or remove it from the rule.`,
		"If it exists but this plan does not show it, add it to exceptions of developer_seat. [names]",
	])
	contains(message({"invite_administrator": ["Account Admin"]}, []), `Did you mean "Account Administrator"? `)
	contains(message({"service_token_grant": ["acount_admin"]}, [tokens]), `Did you mean "account_admin"? `)
}

test_the_message_names_the_data_source_that_lists_all_names if {
	text := message({"developer_seat": ["Zzz"]}, [people])
	contains(text, `a group in dbt Cloud. Correct the name`)
	contains(text, `add data "datastack_dbtcloud_groups" "all" {} to the configuration`)
}

test_a_filtered_list_of_groups_does_not_count if {
	few := object.union(groups, {"values": {"name_contains": "Fin", "groups": []}})
	denied({"developer_seat": ["Empty"]}, [people, few]) == {`names: "Empty"`}
}
