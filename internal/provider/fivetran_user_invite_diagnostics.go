// Copyright (c) The datastack authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"github.com/datastack-iam/terraform-provider-datastack/internal/fivetran"
	"github.com/datastack-iam/terraform-provider-datastack/internal/provisioning"
	"github.com/datastack-iam/terraform-provider-datastack/internal/rest"
)

// fivetranID is what ids of Fivetran look like: two words, such as nozzle_eat.
// Anything else is kept out of commands that users paste.
var fivetranID = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.-]*$`)

// describeUser names a user with what matters about them.
func describeUser(user fivetran.User) string {
	role := "no account role"
	if user.Role != nil {
		role = fmt.Sprintf("role %q", *user.Role)
	}
	status := orEmpty(user.Status())
	if status == "" {
		status = "unknown"
	}
	return fmt.Sprintf("id %s, status %s, %s", user.ID, status, role)
}

// userExists is the error for an address that needs no invite. In full it
// says what to do, which is the same for all users of one run.
func userExists(user fivetran.User, full bool) *diagnosis {
	problem := &diagnosis{summary: "Fivetran User Already Exists", detail: fmt.Sprintf("The user %s is in the Fivetran account already: %s. ", orEmpty(user.Email), describeUser(user))}
	switch {
	case !fivetranID.MatchString(user.ID):
		problem.detail += "Fivetran gives no such ids: check that `fivetran.base_url` is right."
	case !full:
		problem.detail += "What to do is in the first error of this kind."
	default:
		problem.detail += fmt.Sprintf("To manage this user with Terraform, import the user, with the address of this resource in place of NAME:\n\n"+
			"  terraform import 'datastack_fivetran_user_invite.NAME' %[1]s\n\n"+
			"or with a block in the configuration:\n\n"+
			"  import {\n    to = datastack_fivetran_user_invite.NAME\n    id = %[1]q\n  }\n\n"+
			"To adopt the user while applying instead, and all others who are there, set `adopt_existing = true`. "+
			"If an apply was interrupted, these may be the users that it invited. To import many with one block, see \"After an interrupted apply\" in the guide \"Onboard people to Fivetran\".", user.ID)
	}
	return problem
}

// adoptionWarning is the warning about a user that applying adopts.
func adoptionWarning(user fivetran.User, change provisioning.Change) (summary, detail string) {
	var lines []string
	add := func(field string, before, after *string) {
		lines = append(lines, fmt.Sprintf("  %s: %s → %s", field, quoteOrNone(before), quoteOrNone(after)))
	}
	if change.GivenName != nil {
		add(provisioning.GivenName, user.GivenName, change.GivenName)
	}
	if change.FamilyName != nil {
		add(provisioning.FamilyName, user.FamilyName, change.FamilyName)
	}
	if change.Role != nil || change.ClearRole {
		add(provisioning.Role, user.Role, change.Role)
	}
	if value, made := change.Phone.Value(); made {
		add(provisioning.Phone, user.Phone, value)
	}
	if _, made := change.Picture.Value(); made {
		lines = append(lines, "  picture")
	}
	detail = fmt.Sprintf("The user %s is in the Fivetran account already: %s. Applying adopts the user", orEmpty(user.Email), describeUser(user))
	if len(lines) == 0 {
		detail += " and changes nothing."
	} else {
		detail += " and changes:\n\n" + strings.Join(lines, "\n") + "\n"
	}
	return "Fivetran User Will Be Adopted", detail + "\n" + adoptedNotes(user)
}

// adoptedNotes is what to know about a user who is adopted.
func adoptedNotes(user fivetran.User) string {
	notes := "From then on, destroying this resource deletes the user."
	if fivetran.Administers(orEmpty(user.Role)) {
		notes += " The user is an Account Administrator."
	}
	if orEmpty(user.Status()) == "inactive" {
		notes += " The user is suspended and cannot log in. Only an administrator can lift that, in Fivetran."
	}
	return notes
}

// adoptedWarning is the warning about a user who was adopted although the plan
// did not show it: the user was invited meanwhile, or the key may not list
// users.
func adoptedWarning(user fivetran.User) string {
	return fmt.Sprintf("The user %s was in the Fivetran account already, and was adopted: now %s. %s", orEmpty(user.Email), describeUser(user), adoptedNotes(user))
}

func quoteOrNone(value *string) string {
	if orEmpty(value) == "" {
		return "none"
	}
	return fmt.Sprintf("%q", *value)
}

// willBeInvitedAgain is the warning about a user in the state whose resource is
// planned as new, as Terraform does after `taint`.
func willBeInvitedAgain(user fivetran.User) string {
	return fmt.Sprintf("The user %s is in the Fivetran account and in the state: %s. If this resource is tainted, applying deletes the user, with all roles and memberships, and sends a new invite. "+
		"To keep the user, run `terraform untaint`.", orEmpty(user.Email), describeUser(user))
}

// conflictError is the error for a plan in which one user has two resources.
func conflictError(conflict provisioning.Conflict) *diagnosis {
	user := "the user " + conflict.Address
	if conflict.UserID != "" {
		user += " (id " + conflict.UserID + ")"
	}
	const moved = "\n\n  moved {\n    from = datastack_fivetran_user_invite.OLD\n    to   = datastack_fivetran_user_invite.NEW\n  }\n\n"
	switch conflict.Kind {
	case provisioning.TwoStates:
		return &diagnosis{summary: "Fivetran User Has Two Resources", detail: "Two resources have " + user + " in their state. Deleting one of them would delete the user of the other one. " +
			"Run `terraform state rm` for one of the two, and remove it from the configuration."}
	case provisioning.Renamed:
		return &diagnosis{summary: "Fivetran User Would Be Deleted", detail: "The plan deletes the resource of " + user + ", and creates another resource for the same email address. " +
			"This is what renaming a key, a module, or a resource looks like. Applying would delete the user, with all roles and memberships. To rename, add a block to the configuration:" + moved +
			"OLD stands for the name and key of the resource that the plan deletes, NEW for that of the one that it creates. If the plan says \"deposed object\", an earlier replacement failed half-way: run `terraform state rm` for the resource, and import the user. " +
			"To delete the user and invite them again, apply twice: first without the new resource, then with it."}
	case provisioning.Reassigned:
		return &diagnosis{summary: "Fivetran User Would Be Deleted", detail: "The plan gives the resource of " + user + " another email address, and creates another resource for this one. " +
			"This is what happens when the keys of two users are swapped, or when an element leaves the list behind `count`. Applying would delete users who stay, with all roles and memberships. " +
			"Use `for_each` with the email address as the key. For each user who stays, add a block to the configuration:" + moved +
			"OLD stands for the name and key under which the user is in the state, NEW for those in the configuration."}
	default:
		return &diagnosis{summary: "Fivetran User Has Two Resources", detail: "Two resources have " + user + ". Email addresses compare without case. Remove one of the two resources. " +
			"If you renamed a resource, add a block to the configuration:" + moved + "OLD stands for the name and key of the resource before, NEW for those after."}
	}
}

// emailChangedInFivetran is the error for an address that changed, though not
// in the configuration.
func emailChangedInFivetran(state inviteModel, former string) *diagnosis {
	return &diagnosis{summary: "Fivetran User Has Another Email Address", detail: fmt.Sprintf("In Fivetran, the email address of the user %s changed from %q to %q. "+
		"The configuration has the former one: applying would delete the user and invite the former address. Write:\n\n  email = %[3]q\n\n"+
		"To delete this user and invite %[2]s instead, run `terraform taint` for this resource first.", state.ID.ValueString(), former, state.Email.ValueString())}
}

func missingName(attribute, email string) *diagnosis {
	return &diagnosis{summary: "Missing Name", detail: fmt.Sprintf("Fivetran needs a name to invite %s: set `%s`. Only for a user who is in the account already can you leave it out.", email, attribute)}
}

// unmanagedRole is the warning about a role that Terraform may have set.
func unmanagedRole(state inviteModel) string {
	return fmt.Sprintf("The user %s has the role %[2]q, and the configuration sets no role. Terraform does not know whether the configuration set it before, so the role stays. "+
		"To clear it, set `role = \"\"`. To keep it, set `role = %[2]q`.", state.Email.ValueString(), state.Role.ValueString())
}

// changeRole is how messages call a change that concerns the role.
const changeRole = "change the role of"

// protectionError is the error for a change that must not be sent.
func protectionError(client *fivetran.Client, err error, email, what string) *diagnosis {
	problem := &diagnosis{summary: "Fivetran User Is Protected"}
	failure, ok := errors.AsType[*provisioning.ProtectedError](err)
	if !ok {
		return nil
	}
	const leave = "Or stop managing the user without deleting them: `terraform state rm`, or a `removed` block with `destroy = false`."
	switch failure.Reason {
	case provisioning.OwnsKey:
		effect := "would revoke the API key that Terraform is using"
		if what == changeRole {
			effect = "would change what the API key may do that Terraform is using"
		}
		problem.detail = fmt.Sprintf("The API key in use belongs to %s. To %s this user %s. Nothing was sent. Use a system key or the key of another Account Administrator. %s", email, what, effect, leave)
	case provisioning.LastAdministrator:
		problem.detail = fmt.Sprintf("%s is the last active Account Administrator. To %s this user would leave the account without one. Nothing was sent. Give another active user the role Account Administrator first. %s", email, what, leave)
	default:
		problem.detail = fmt.Sprintf("Unable to find out whether %s owns the API key in use, or is the last active Account Administrator. Nothing was sent. %s", email, fivetranService.explain(client, failure.Err))
	}
	return problem
}

// failedInvite is the error for an invite that did not end in a user.
func failedInvite(client *fivetran.Client, result provisioning.Result, err error, email string, before int) *diagnosis {
	if problem := unrecorded(err); problem != nil {
		return problem
	}
	if result.Case == provisioning.Uncertain {
		detail := fmt.Sprintf("The invite for %s was sent, but the answer was lost. ", email)
		if lost, ok := errors.AsType[*provisioning.LostError](err); ok && lost.Lookup != nil {
			detail += "Looking up the user failed too. "
		} else {
			detail += "The user is not in the account's list so far, and may still appear there. "
		}
		return &diagnosis{summary: "Fivetran Invite Outcome Unknown", detail: detail + "Run again: if the user was invited, the plan shows it, and how to import the user.\n\n" + explainLost(client, err)}
	}
	problem := unableTo("Invite", client, err)
	switch {
	case result.Case == provisioning.Unsent:
		problem.detail = fmt.Sprintf("The invite for %s was not carried out, and no user was invited. It is safe to run again. ", email) + problem.detail
	case rest.Status(err) == http.StatusConflict:
		problem.detail = fmt.Sprintf("Fivetran refused the invite, and no user was invited: the account's list of users does not have %s either. ", email) + problem.detail +
			"\n\nThe user may belong to another Fivetran account, or come from your identity provider by SCIM. Check the user in Fivetran under Account settings, or ask Fivetran's support."
	default:
		problem.detail = fmt.Sprintf("Fivetran refused the invite for %s, and no user was invited. ", email) + problem.detail
	}
	if rest.Status(err) == http.StatusTooManyRequests {
		problem.detail += fmt.Sprintf(" This run invited %d users before.", before)
	}
	return problem
}

// failedChange is the error for a change or deletion that did not succeed.
func failedChange(client *fivetran.Client, result provisioning.Result, err error, email, what string) *diagnosis {
	if problem := unrecorded(err); problem != nil {
		return problem
	}
	if problem := protectionError(client, err, email, what); problem != nil {
		return problem
	}
	problem := unableTo(strings.ToUpper(what[:1])+what[1:], client, err)
	if result.Case == provisioning.Uncertain {
		problem.detail = fmt.Sprintf("The request to %s %s was sent, but the answer was lost, and Fivetran does not show the change so far. It may still be made. Run again.\n\n", what, email) + explainLost(client, err)
	}
	return problem
}

// explainLost explains why an answer is missing, and why it could not be found
// out otherwise.
func explainLost(client *fivetran.Client, err error) string {
	detail := fivetranService.explain(client, err)
	if lost, ok := errors.AsType[*provisioning.LostError](err); ok && lost.Lookup != nil {
		detail += "\n\n" + fivetranService.explain(client, lost.Lookup)
	}
	return detail
}

// unableTo is the problem that Fivetran did not do what it was asked to.
func unableTo(what string, client *fivetran.Client, err error) *diagnosis {
	return &diagnosis{summary: "Unable to " + what + " Fivetran User", detail: fivetranService.explain(client, err)}
}

// contradictionLines lists what Fivetran did not do as it was asked to, "" for
// nothing.
func contradictionLines(differences []provisioning.Difference) string {
	var lines []string
	for _, d := range differences {
		switch {
		case !d.Contradicts():
		case d.Field == provisioning.Picture:
			lines = append(lines, "  picture")
		default:
			lines = append(lines, fmt.Sprintf("  %s: sent %s, Fivetran has %s", d.Field, quoteOrNone(&d.Sent), quoteOrNone(&d.Answered)))
		}
	}
	return strings.Join(lines, "\n")
}
