"""What a release needs: the lowest versions it claims to work with, and a wheel with the right contents."""
