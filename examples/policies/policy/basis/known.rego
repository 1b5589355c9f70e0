# A rule cannot check a value that is known only after apply, so the check fails. Each
# rule lists the arguments of an invite that it checks in judges.
package datastack.basis.known

import data.datastack.planned

deny contains {
	"address": unknown.address,
	"subject": unknown.subject,
	"problem": sprintf(`has a value for "%s" that is known only after apply`, [unknown.name]),
	"remedy": "Set it from a variable or a data source, or apply the resource that it comes from first. With adopt_existing, always set role.",
} if {
	some rule
	data.access.rules[rule]
	some unknown in planned.unknowns
	unknown.name in data.datastack.rules[rule].judges
}
