# Whoever gets access is known to the identity provider, or nobody switches them
# off there when they leave.
#
# Setting: true. The addresses are data.access.idp, from another file.
package datastack.rules.invite_in_idp

import data.datastack.kinds
import data.datastack.planned

judges := {"email"}

valid if {
	data.access.rules.invite_in_idp == true
	kinds.texts(data.access.idp)
}

deny contains {
	"address": invite.address,
	"subject": invite.email,
	"problem": "is not known to the identity provider",
	"remedy": "Add the person there first, or invite the address that they have there.",
} if {
	some invite in planned.invites
	invite.new
	not invite.email in known
}

known := {planned.fold(email) | some email in data.access.idp}
