# Invites that have not been redeemed.
data "datastack_dbtcloud_invites" "open" {
  statuses = ["pending", "pending_verification", "expired"]
}

output "expired_invites" {
  value = [for invite in data.datastack_dbtcloud_invites.open.invites : invite.email if invite.status == "expired"]
}
