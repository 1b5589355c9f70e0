# Without its data sources, a rule would find nothing and pass. Each rule lists the
# data sources it reads in needs.
package datastack.basis.data_sources

import data.datastack.data_sources

deny contains {
	"address": "configuration",
	"subject": sprintf(`the rule "%s"`, [rule]),
	"problem": sprintf("needs the complete result of %s, which is not in the plan", [type]),
	"remedy": sprintf(`Add data "%s" "all" {} to the configuration, without filters or depends_on. If it is there already, check that Terraform can read it during plan.`, [type]),
} if {
	data_sources.provider_in_use
	some rule
	data.access.rules[rule]
	some type in data.datastack.rules[rule].needs
	count(data_sources.whole(type)) == 0
}

# datastack_identities reads the services that are configured. If it has no user of a
# service, that service was not read. Each rule lists the services it reads in systems.
deny contains {
	"address": "configuration",
	"subject": sprintf(`the rule "%s"`, [rule]),
	"problem": sprintf(`needs the users of "%s", and datastack_identities has none`, [system]),
	"remedy": sprintf(`Configure "%s" in the provider block, and check that its credentials can read users.`, [system]),
} if {
	some rule
	data.access.rules[rule]
	some system in data.datastack.rules[rule].systems
	count(data_sources.whole("datastack_identities")) > 0
	not populated(system)
}

populated(system) if {
	some person in data_sources.people
	is_object(person[system])
}

warn contains {
	"address": read.address,
	"subject": "the data source",
	"problem": "is read only during apply, so its results are not in the plan",
	"remedy": "Remove its depends_on, and do not set its arguments from resources that the same plan changes.",
} if {
	some read in data_sources.deferred
}
