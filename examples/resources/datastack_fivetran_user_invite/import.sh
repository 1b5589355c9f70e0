# By email address
terraform import datastack_fivetran_user_invite.mei mei.tanaka@northwind.example
# By user ID
terraform import datastack_fivetran_user_invite.mei ferry_blink
