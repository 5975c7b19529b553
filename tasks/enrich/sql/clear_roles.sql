delete from roles
