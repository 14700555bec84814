"""What must a role keep to itself, and does a sentence give it away? One module a question; `guards.leak` asks them.

- `secret`: what must a role keep to itself, and which words belong to it?
- `pointing`: by which words is a secret known?
- `public`: which figures and days does everybody know already?
- `sentence`: how does a sentence speak, and of which figures?
- `giving`: does a sentence give a secret away? It asks the modules below.
- `days`: a secret day, by its date, its ordinal, its month in words, or counted from another day.
- `otherwise`: a secret in another form, whose figures `forms` reads: in another unit or period, rounded, as a share.
- `leading`: figures that lead to a secret, in a sum or by a step; `steps` reads from where a step leads.
- `weights`: how much each issue counts for its speaker.
"""
