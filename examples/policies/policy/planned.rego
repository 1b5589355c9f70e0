# What a plan changes for users in Fivetran.
package datastack.planned

# Invites and changes: address, email, role (null for none), new (true for an
# invite) and before (the values before the change). An invite is in this list if its
# email is known, and has a role if that is known.
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
		{"role": role_or_none(role) |
			some name, role in object.union({"role": null}, change.change.after)
			name == "role"
			not unknown(change, "role")
		},
	)
]

any_new if {
	some invite in invites
	invite.new
}

# Invites and changes that set a new role that is known. The new role may be null.
roles := [invite |
	some invite in invites
	role_before(invite) != invite.role
]

# A new user had no role before, which differs from a role of null.
role_before(invite) := "" if invite.new

role_before(invite) := role_or_none(object.get(invite.before, "role", null)) if not invite.new

# The argument role = "" means no role, as null does.
role_or_none("") := null

role_or_none(role) := role if role != ""

# The values of invites that are known only after apply: address, subject and name.
unknowns := [{"address": change.address, "subject": subject(change), "name": name} |
	some change in changes
	some name in ["email", "role"]
	unknown(change, name)
]

# Users that the plan deletes: address and email. Replacing a user deletes one, too.
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

subject(change) := "the user" if unknown(change, "email")

else := fold(change.change.after.email)

# Email addresses compare without case and surrounding space, as the provider compares
# them. lower alone would turn İ into i and the Kelvin sign into k, and so match the
# address of another user. A service account has no email address.
fold(email) := concat("\u0130", [kelvin |
	some part in split(trim_space(email), "\u0130")
	kelvin := concat("\u212A", [lower(letters) | some letters in split(part, "\u212A")])
]) if {
	is_string(email)
}

fold(email) := "a user without an email address" if not is_string(email)
