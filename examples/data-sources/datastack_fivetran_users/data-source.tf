# Users who have not accepted their invite.
data "datastack_fivetran_users" "invited" {
  statuses = ["invited"]
}

output "pending_invites" {
  value = { for user in data.datastack_fivetran_users.invited.users : user.email => user.created_at }
}
