package datastack.rules.invite_in_group_test

import data.datastack.plans_test as plans

access := {"rules": {"invite_in_group": {"rudderstack": ["Analysts"], "dbtcloud": ["Platform"]}}}

identities := plans.people([
	person("ada", null, {"status": "active", "groups": ["Staff", "Analysts"]}),
	person("alan", {"status": "active", "groups": ["Platform"]}, null),
	person("eve", {"status": "active", "groups": ["Analysts"]}, {"status": null, "groups": null}),
	person("left", {"status": "inactive", "groups": ["Platform"]}, {"status": "inactive", "groups": ["Analysts"]}),
])

person(name, dbtcloud, rudderstack) := {
	"email": sprintf("%s@northwind.example", [name]),
	"dbtcloud": dbtcloud,
	"rudderstack": rudderstack,
	"fivetran": null,
}

invites(emails) := [plans.invite({"email": email, "role": null}) | some email in emails]

test_members_of_one_group_pass if {
	existing := plans.role_changed("bob@northwind.example", null, "Account Reviewer")
	new := invites(["ada@northwind.example", "Alan@northwind.example"])
	plans.denied(access, plans.plan(array.concat(new, [existing]), [identities])) == set()
}

test_others_do_not_pass if {
	others := ["eve@northwind.example", "bob@northwind.example", "left@northwind.example"]
	plans.denied(access, plans.plan(invites(others), [identities])) == {sprintf("invite_in_group: %s", [email]) | some email in others}
}

test_the_data_source_is_required_for_invites_only if {
	plans.denied(access, plans.plan([plans.role_changed("bob@northwind.example", null, "Account Reviewer")], [])) == set()
	plans.denied(access, plans.plan(invites(["ada@northwind.example"]), [])) == {
		`data_sources: the rule "invite_in_group"`,
		"invite_in_group: ada@northwind.example",
	}
}

test_other_settings_are_not_valid if {
	every setting in [{"fivetran": ["Analysts"]}, {"dbtcloud": "Platform"}, {"dbtcloud": []}, {}, ["Platform"], true] {
		"settings: invite_in_group" in plans.denied({"rules": {"invite_in_group": setting}}, plans.plan([], [identities]))
	}
}
