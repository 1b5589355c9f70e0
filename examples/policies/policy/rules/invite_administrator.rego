# Nobody becomes an administrator of the account by way of Terraform, unless
# they are an exception: whoever may merge could make themselves one.
#
# Setting: the roles that count.
package datastack.rules.invite_administrator

import data.datastack.kinds
import data.datastack.planned

judges := {"email", "role"}

valid if kinds.texts(data.access.rules.invite_administrator)

deny contains {
	"address": invite.address,
	"subject": invite.email,
	"problem": sprintf("becomes %s", [invite.role]),
	"remedy": "Take another role, or make them an exception.",
} if {
	some invite in planned.roles
	some role in data.access.rules.invite_administrator
	planned.fold(role) == planned.fold(invite.role)
}
