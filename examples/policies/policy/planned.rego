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
			"before": change.change.before,
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

subject(change) := fold(change.change.after.email)

subject(change) := "somebody" if unknown(change, "email")

# Addresses compare without case and space. Where there are others than ASCII's
# letters the case counts: lower makes an i of İ, and of somebody somebody else.
# A service account has no address.
fold(email) := lower(trim_space(email)) if regex.match(`^[[:ascii:]]*$`, email)

fold(email) := trim_space(email) if {
	is_string(email)
	not regex.match(`^[[:ascii:]]*$`, email)
}

fold(email) := "somebody without an address" if not is_string(email)
