package datastack.rules.contractor_role_test

import data.datastack.plans_test as plans

access := {"rules": {"contractor_role": {"domains": ["brightloop.example"], "roles": ["Account Reviewer"]}}}

# The findings on a plan with these changes, as "rule: subject".
denied(changes) := plans.denied(access, plans.plan(changes, []))

test_other_roles_of_contractors_are_found if {
	denied([
		plans.invite({"email": "eve@brightloop.example", "role": "Account Analyst"}),
		plans.role_changed("max@brightloop.example", "Account Reviewer", "Account Administrator"),
	]) == {"contractor_role: eve@brightloop.example", "contractor_role: max@brightloop.example"}
}

test_allowed_roles_and_other_users_pass if {
	denied([
		plans.invite({"email": "Eve@brightloop.example", "role": "account reviewer"}),
		plans.invite({"email": "max@brightloop.example", "role": null}),
		plans.invite({"email": "ada@northwind.example", "role": "Account Analyst"}),
		plans.deleted("julia@brightloop.example"),
	]) == set()
}

test_a_role_known_only_after_apply_does_not_pass if {
	denied([plans.invite({"email": "eve@brightloop.example"})]) == {"known: eve@brightloop.example"}
}

test_other_settings_are_not_valid if {
	every setting in [true, {"domains": [], "roles": ["Account Reviewer"]}, {"domains": ["brightloop.example"]}] {
		found := plans.denied({"rules": {"contractor_role": setting}}, plans.plan([], []))
		"settings: contractor_role" in found
	}
}

test_a_misspelled_role_is_found if {
	misspelled := {"rules": {"contractor_role": {"domains": ["brightloop.example"], "roles": ["Account Reveiwer"]}}}
	plans.denied(misspelled, plans.plan([], [])) == {`names: "Account Reveiwer"`}
}
