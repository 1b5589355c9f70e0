package datastack.rules.deletion_test

import data.datastack.plans_test as plans

replaced := plans.change(["create", "delete"], {"email": "alan@northwind.example"}, {"email": "eve@northwind.example", "role": null}, {})

forgotten := plans.change(["forget"], {"email": "bob@northwind.example"}, null, {})

plan := plans.plan([plans.deleted("ada@northwind.example"), replaced, forgotten, plans.deleted(null)], [])

test_deletions_need_the_label if {
	every access in [{}, {"labels": []}, {"labels": ["off"]}, {"labels": {"x": "offboarding"}}, {"labels": "offboarding"}] {
		plans.denied(object.union(access, {"rules": {"deletion": "offboarding"}}), plan) == {
			"deletion: ada@northwind.example",
			"deletion: alan@northwind.example",
			"deletion: a user without an email address",
		}
	}
}

test_with_the_label_deletions_pass if {
	plans.denied({"rules": {"deletion": "offboarding"}, "labels": ["urgent", "offboarding"]}, plan) == set()
}
