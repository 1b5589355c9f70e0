package datastack.rules.invite_role_test

import data.datastack.plans_test as plans

changes := [
	plans.invite({"email": "none@northwind.example", "role": null}),
	plans.invite({"email": "some@northwind.example", "role": "Account Reviewer"}),
	plans.role_changed("cleared@northwind.example", "Account Reviewer", null),
	plans.role_changed("same@northwind.example", "Account Billing", "Account Billing"),
	plans.deleted("gone@northwind.example"),
]

denied(setting) := plans.denied({"rules": {"invite_role": setting}}, plans.plan(changes, []))

test_required if denied("required") == {"invite_role: none@northwind.example", "invite_role: cleared@northwind.example"}

test_forbidden if denied("forbidden") == {"invite_role: some@northwind.example"}

test_allowed if {
	denied(["Account Reviewer"]) == {"invite_role: none@northwind.example", "invite_role: cleared@northwind.example"}
	denied(["Account Billing"]) == {
		"invite_role: none@northwind.example",
		"invite_role: some@northwind.example",
		"invite_role: cleared@northwind.example",
	}
}

with_empty_roles := plans.plan(
	[
		plans.invite({"email": "new@northwind.example", "role": ""}),
		plans.role_changed("cleared@northwind.example", "Account Reviewer", ""),
		plans.role_changed("none@northwind.example", null, ""),
	],
	[],
)

test_an_empty_role_is_none if {
	required := plans.denied({"rules": {"invite_role": "required"}}, with_empty_roles)
	required == {"invite_role: new@northwind.example", "invite_role: cleared@northwind.example"}
	plans.denied({"rules": {"invite_role": "forbidden"}}, with_empty_roles) == set()
}

test_a_role_known_only_after_apply_does_not_pass if {
	late := plans.plan([plans.invite({"email": "ada@northwind.example"})], [])
	every setting in ["required", "forbidden", ["Account Reviewer"]] {
		plans.denied({"rules": {"invite_role": setting}}, late) == {"known: ada@northwind.example"}
	}
}

test_other_settings_are_not_valid if {
	"settings: invite_role" in denied("requird")
	"settings: invite_role" in denied(true)
}
