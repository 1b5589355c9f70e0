package datastack.rules.invite_domain_test

import data.datastack.plans_test as plans
import data.main

access := {"rules": {"invite_domain": ["northwind.example", "Northwind.Test"]}}

denied(emails) := plans.denied(access, plans.plan([plans.invite({"email": email, "role": null}) | some email in emails], []))

test_addresses_at_the_company_pass if {
	denied(["ada@northwind.example", " Ada@NORTHWIND.example ", "ada@northwind.test"]) == set()
}

test_other_addresses_do_not if {
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

test_a_finding_says_what_to_do if {
	some finding in main.deny with data.access as access
		with input as plans.plan([plans.invite({"email": "eve@evil.example", "role": null})], [])
	finding.msg == concat(" ", [
		"datastack_fivetran_user_invite.person: eve@evil.example is not at a domain of the company (northwind.example, Northwind.Test).",
		"Invite the address that the person has at the company, or make them an exception. [invite_domain]",
	])
}

test_who_is_there_already_is_not_judged if {
	changes := [plans.role_changed("eve@evil.example", null, "Account Analyst"), plans.deleted("eve@evil.example")]
	plans.denied(access, plans.plan(changes, [])) == set()
}

test_who_takes_the_place_of_another_is if {
	replaced := plans.change(["delete", "create"], {"email": "ada@northwind.example"}, {"email": "eve@evil.example", "role": null}, {})
	plans.denied(access, plans.plan([replaced], [])) == {"invite_domain: eve@evil.example"}
}

test_a_strange_address_does_not_pass if {
	denied([null, ""]) == {"invite_domain: somebody without an address", "invite_domain: "}
}
