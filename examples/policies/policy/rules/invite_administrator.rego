# Terraform makes only listed exceptions administrators of the Fivetran account. Without
# this rule, every user who can merge could become an administrator.
#
# Setting: the roles that count as administrator.
package datastack.rules.invite_administrator

import data.datastack.kinds
import data.datastack.planned

setting := data.access.rules.invite_administrator

needs := set()
systems := set()
judges := {"email", "role"}
names := {"fivetran_role": setting}

default valid := false

valid if kinds.texts(setting)

deny contains {
	"address": invite.address,
	"subject": invite.email,
	"problem": sprintf(`would get the role "%s"`, [invite.role]),
	"remedy": "Choose another role, or add the email address to exceptions in settings/rules.yaml.",
} if {
	some invite in planned.roles
	some role in setting
	planned.fold(role) == planned.fold(invite.role)
}
