# Deleting somebody cannot be undone: inviting them again brings back no role and
# no team. So it has to be said that it is meant, by whoever may set labels.
#
# Setting: the label that a pull request needs. Its labels are data.access.labels.
package datastack.rules.deletion

import data.datastack.kinds
import data.datastack.planned

valid if kinds.text(data.access.rules.deletion)

deny contains {
	"address": deletion.address,
	"subject": deletion.email,
	"problem": "is to be deleted from Fivetran",
	"remedy": sprintf("If that is meant, give the pull request the label %s.", [data.access.rules.deletion]),
} if {
	some deletion in planned.deletions
	not labelled
}

labelled if {
	is_array(data.access.labels)
	data.access.rules.deletion in data.access.labels
}
