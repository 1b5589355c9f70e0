package datastack.rules.invite_administrator_test

import data.datastack.plans_test as plans

access := {
	"rules": {"invite_administrator": ["Account Administrator"]},
	"exceptions": {"invite_administrator": [" Grace@Northwind.example"]},
}

denied(changes) := plans.denied(access, plans.plan(changes, []))

test_other_roles_pass if {
	denied([
		plans.invite({"email": "ada@northwind.example", "role": "Account Reviewer"}),
		plans.invite({"email": "alan@northwind.example", "role": null}),
	]) == set()
}

test_an_invite_as_administrator_does_not_pass if {
	denied([plans.invite({"email": "ada@northwind.example", "role": "Account Administrator"})]) == {"invite_administrator: ada@northwind.example"}
}

test_roles_compare_without_case_and_space if {
	denied([plans.invite({"email": "ada@northwind.example", "role": " account administrator"})]) == {"invite_administrator: ada@northwind.example"}
}

test_a_change_to_administrator_does_not_pass if {
	denied([plans.role_changed("ada@northwind.example", "Account Reviewer", "Account Administrator")]) == {"invite_administrator: ada@northwind.example"}
}

test_an_existing_administrator_passes if {
	denied([plans.role_changed("ada@northwind.example", "Account Administrator", "Account Administrator")]) == set()
	denied([plans.role_changed("ada@northwind.example", "Account Administrator", null)]) == set()
}

test_an_exception_passes if {
	denied([plans.invite({"email": "grace@northwind.example", "role": "Account Administrator"})]) == set()
}

test_a_role_known_only_after_apply_does_not_pass if {
	denied([plans.invite({"email": "ada@northwind.example"})]) == {"known: ada@northwind.example"}
}
