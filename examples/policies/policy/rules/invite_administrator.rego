# Terraform makes only listed exceptions administrators of the Fivetran account. Without
# this rule, every user who can merge could become an administrator.
#
# Setting: the roles that count as administrator.
package datastack.rules.invite_administrator

import data.datastack.kinds
import data.datastack.planned

judges := {"email", "role"}

valid if kinds.texts(data.access.rules.invite_administrator)

deny contains {
	"address": invite.address,
	"subject": invite.email,
	"problem": sprintf(`would get the role "%s"`, [invite.role]),
	"remedy": "Choose another role, or add the email address to exceptions in settings/rules.yaml.",
} if {
	some invite in planned.roles
	some role in data.access.rules.invite_administrator
	planned.fold(role) == planned.fold(invite.role)
}
