package datastack.rules.invite_in_idp_test

import data.datastack.plans_test as plans

plan := plans.plan(
	[
		plans.invite({"email": "Ada@northwind.example", "role": null}),
		plans.invite({"email": "eve@northwind.example", "role": null}),
		plans.role_changed("alan@northwind.example", null, "Account Reviewer"),
	],
	[],
)

test_an_address_in_the_list_passes if {
	plans.denied({"rules": {"invite_in_idp": true}, "idp": [" ada@Northwind.example", "bob@northwind.example"]}, plan) == {"invite_in_idp: eve@northwind.example"}
}

test_a_lookalike_of_an_address_in_the_list_does_not_pass if {
	kim := plans.plan([plans.invite({"email": "\u212Aim@northwind.example", "role": null})], [])
	plans.denied({"rules": {"invite_in_idp": true}, "idp": ["kim@northwind.example"]}, kim) == {"invite_in_idp: \u212Aim@northwind.example"}
}

test_other_settings_are_not_valid if {
	"settings: invite_in_idp" in plans.denied({"rules": {"invite_in_idp": "idp.yaml"}, "idp": ["ada@northwind.example"]}, plan)
	"settings: invite_in_idp" in plans.denied({"rules": {"invite_in_idp": true}, "idp": []}, plan)
}

test_without_the_list_no_invite_passes if {
	plans.denied({"rules": {"invite_in_idp": true}}, plan) == {
		"settings: invite_in_idp",
		"invite_in_idp: ada@northwind.example",
		"invite_in_idp: eve@northwind.example",
	}
}
