-- Triggers run by themselves: nobody calls their functions, which act with the owner's rights.
revoke execute on function tenir_liens_activites() from public;
revoke execute on function tenir_lieu() from public;
revoke execute on function tenir_lieux_activites() from public;
