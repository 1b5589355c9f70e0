# What a plan is about to do to people in Fivetran.
package datastack.planned

# Invites and changes: address, email, role (null for none), new (an invite
# rather than a change) and before (the values so far). They stand here once
# their email is known, and have no role as long as that is not known.
invites := [invite |
	some change in changes
	some action in change.change.actions
	action in {"create", "update"}
	invite := object.union(
		{
			"address": change.address,
			"email": fold(change.change.after.email),
			"new": action == "create",
			"before": object.get(change.change, "before", null),
		},
		{"role": role |
			some name, role in object.union({"role": null}, change.change.after)
			name == "role"
			not unknown(change, "role")
		},
	)
]

somebody_new if {
	some invite in invites
	invite.new
}

# Invites with a role that is new and known, null among them.
roles := [invite |
	some invite in invites
	role_before(invite) != invite.role
]

# A new person has had no role yet, not even none.
role_before(invite) := "" if invite.new

role_before(invite) := object.get(invite.before, "role", null) if not invite.new

# What is not known yet of an invite: address, subject and name of the value.
unknowns := [{"address": change.address, "subject": subject(change), "name": name} |
	some change in changes
	some name in ["email", "role"]
	unknown(change, name)
]

# Who is to be deleted: address and email. Somebody who is replaced is deleted, too.
deletions := [{"address": change.address, "email": fold(change.change.before.email)} |
	some change in changes
	"delete" in change.change.actions
]

leaving := {deletion.email | some deletion in deletions} - {invite.email | some invite in invites; invite.new}

changes := [change |
	some change in object.get(input, "resource_changes", [])
	change.mode == "managed"
	change.type == "datastack_fivetran_user_invite"
]

unknown(change, name) if change.change.after_unknown[name] == true

subject(change) := "somebody" if unknown(change, "email")

else := fold(change.change.after.email)

# Addresses compare without case and space, as the provider compares them: lower
# would make an i of İ and a k of the Kelvin sign, and of somebody somebody else.
# A service account has no address.
fold(email) := concat("\u0130", [kelvin |
	some part in split(trim_space(email), "\u0130")
	kelvin := concat("\u212A", [lower(letters) | some letters in split(part, "\u212A")])
]) if {
	is_string(email)
}

fold(email) := "somebody without an address" if not is_string(email)
