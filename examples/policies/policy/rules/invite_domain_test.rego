package datastack.rules.invite_domain_test

import data.datastack.plans_test as plans
import data.main

access := {"rules": {"invite_domain": ["northwind.example", "Northwind.Test"]}}

denied(emails) := plans.denied(access, plans.plan([plans.invite({"email": email, "role": null}) | some email in emails], []))

test_addresses_at_allowed_domains_pass if {
	denied(["ada@northwind.example", " Ada@NORTHWIND.example ", "ada@northwind.test"]) == set()
}

test_other_addresses_do_not_pass if {
	others := {
		"eve@evil.example",
		"eve@sub.northwind.example",
		"eve@notnorthwind.example",
		"eve@northwind.example.evil.example",
		"northwind.example",
		"eve@northw\u0130nd.example",
	}
	denied(others) == {sprintf("invite_domain: %s", [email]) | some email in others}
}

test_the_message_says_what_is_wrong_and_what_to_do if {
	some finding in main.deny with data.access as access
		with input as plans.plan([plans.invite({"email": "eve@evil.example", "role": null})], [])
	finding.msg == concat(" ", [
		"datastack_fivetran_user_invite.person: eve@evil.example is not at an allowed domain (northwind.example, Northwind.Test).",
		"Use an email address at an allowed domain, or add this one to exceptions in settings/rules.yaml. [invite_domain]",
	])
}

test_existing_users_are_not_checked if {
	changes := [plans.role_changed("eve@evil.example", null, "Account Analyst"), plans.deleted("eve@evil.example")]
	plans.denied(access, plans.plan(changes, [])) == set()
}

test_a_replacement_is_checked if {
	replaced := plans.change(["delete", "create"], {"email": "ada@northwind.example"}, {"email": "eve@evil.example", "role": null}, {})
	plans.denied(access, plans.plan([replaced], [])) == {"invite_domain: eve@evil.example"}
}

test_an_address_without_a_domain_does_not_pass if {
	denied([null, ""]) == {"invite_domain: a user without an email address", "invite_domain: "}
}
