# Deleting a user cannot be undone: a new invite does not restore roles and teams. So
# a label must confirm it, set by a person with permission to set labels.
#
# Setting: the label that confirms deletions. check.sh passes the labels of the pull
# request in data.access.labels.
package datastack.rules.deletion

import data.datastack.kinds
import data.datastack.planned

needs := set()
systems := set()
judges := set()

default valid := false

valid if kinds.text(data.access.rules.deletion)

deny contains {
	"address": deletion.address,
	"subject": deletion.email,
	"problem": "would be deleted from Fivetran",
	"remedy": sprintf(`To confirm, add the label "%s" to the pull request.`, [data.access.rules.deletion]),
} if {
	some deletion in planned.deletions
	not labeled
}

labeled if {
	is_array(data.access.labels)
	data.access.rules.deletion in data.access.labels
}
