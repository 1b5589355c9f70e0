package datastack.rules.invite_in_group_test

import data.datastack.plans_test as plans

access := {"rules": {"invite_in_group": {"rudderstack": ["Analysts"], "dbtcloud": ["Platform"]}}}

facts := plans.people([
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
	there := plans.role_changed("bob@northwind.example", null, "Account Reviewer")
	new := invites(["ada@northwind.example", "Alan@northwind.example"])
	plans.denied(access, plans.plan(array.concat(new, [there]), [facts])) == set()
}

test_others_do_not if {
	strangers := ["eve@northwind.example", "bob@northwind.example", "left@northwind.example"]
	plans.denied(access, plans.plan(invites(strangers), [facts])) == {sprintf("invite_in_group: %s", [email]) | some email in strangers}
}

test_facts_are_needed_for_invites_only if {
	plans.denied(access, plans.plan([plans.role_changed("bob@northwind.example", null, "Account Reviewer")], [])) == set()
	plans.denied(access, plans.plan(invites(["ada@northwind.example"]), [])) == {
		"facts: the rule invite_in_group",
		"invite_in_group: ada@northwind.example",
	}
}

test_systems_without_groups_are_refused if {
	every setting in [{"fivetran": ["Analysts"]}, {"dbtcloud": "Platform"}, {"dbtcloud": []}, {}, ["Platform"], true] {
		"settings: invite_in_group" in plans.denied({"rules": {"invite_in_group": setting}}, plans.plan([], [facts]))
	}
}
