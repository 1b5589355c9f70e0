package datastack.rules.invite_in_group_test

import data.datastack.plans_test as plans

access := {"rules": {"invite_in_group": {"rudderstack": ["Analysts"], "dbtcloud": ["Platform"]}}}

facts := plans.people([
	{"email": "ada@northwind.example", "dbtcloud": null, "rudderstack": {"groups": ["Staff", "Analysts"]}, "fivetran": null},
	{"email": "alan@northwind.example", "dbtcloud": {"groups": ["Platform"]}, "rudderstack": null, "fivetran": null},
	{"email": "eve@northwind.example", "dbtcloud": {"groups": ["Analysts"]}, "rudderstack": {"groups": null}, "fivetran": null},
])

invites(emails) := [plans.invite({"email": email, "role": null}) | some email in emails]

test_members_of_one_group_pass if {
	there := plans.role_changed("bob@northwind.example", null, "Account Reviewer")
	new := invites(["ada@northwind.example", "Alan@northwind.example"])
	plans.denied(access, plans.plan(array.concat(new, [there]), [facts])) == set()
}

test_others_do_not if {
	plans.denied(access, plans.plan(invites(["eve@northwind.example", "bob@northwind.example"]), [facts])) == {
		"invite_in_group: eve@northwind.example",
		"invite_in_group: bob@northwind.example",
	}
}

test_facts_are_needed_for_invites_only if {
	plans.denied(access, plans.plan([plans.role_changed("bob@northwind.example", null, "Account Reviewer")], [])) == set()
	plans.denied(access, plans.plan(invites(["ada@northwind.example"]), [])) == {
		"facts: the rule invite_in_group",
		"invite_in_group: ada@northwind.example",
	}
}

test_systems_without_groups_are_refused if {
	every setting in [{"fivetran": ["Analysts"]}, {"dbtcloud": "Platform"}, ["Platform"], true] {
		"settings: invite_in_group" in plans.denied({"rules": {"invite_in_group": setting}}, plans.plan([], [facts]))
	}
}
