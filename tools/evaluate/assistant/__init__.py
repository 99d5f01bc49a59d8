"""How often an assistant's client finds the right number: questions, a scripted client, and the count."""
