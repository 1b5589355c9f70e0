# Users at a contractor's domain get only roles with which they change nothing.
#
# Setting: the domains of contractors, and the roles that their users may have, such as
# {"domains": ["brightloop.example"], "roles": ["Account Reviewer"]}.
package datastack.rules.contractor_role

import data.datastack.kinds
import data.datastack.planned

setting := data.access.rules.contractor_role

# The data sources without which the check must fail.
needs := set()

# The services that must have users in datastack_identities.
systems := set()

# The arguments of an invite without which the check must fail. A value that is known
# only after apply is missing in planned.
judges := {"email", "role"}

# The names in the setting that must exist, by kind; see policy/names.rego.
names := {"fivetran_role": setting.roles}

default valid := false

valid if {
	kinds.texts(setting.domains)
	kinds.texts(setting.roles)
}

deny contains {
	"address": invite.address,
	"subject": invite.email,
	"problem": sprintf(`is a contractor and would get the role "%s"`, [invite.role]),
	"remedy": sprintf(`Choose one of these roles: "%s".`, [concat(`", "`, setting.roles)]),
} if {
	some invite in planned.roles
	is_string(invite.role)
	some domain in setting.domains
	endswith(invite.email, sprintf("@%s", [lower(domain)]))
	not planned.fold(invite.role) in allowed
}

allowed := {planned.fold(role) | some role in setting.roles}
