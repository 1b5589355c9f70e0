# A value that is known only on apply cannot be judged, and what cannot be
# judged does not pass. Rules say in judges what of an invite they look at.
package datastack.basis.known

import data.datastack.planned

deny contains {
	"address": unknown.address,
	"subject": unknown.subject,
	"problem": sprintf("is to be invited or changed, and the %s is not known yet", [unknown.name]),
	"remedy": "Take it from a variable or a data source, not from a resource that the same plan changes, or apply that resource first. With adopt_existing the role has to be set.",
} if {
	some rule
	data.access.rules[rule]
	some unknown in planned.unknowns
	unknown.name in data.datastack.rules[rule].judges
}
