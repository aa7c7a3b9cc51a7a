"""How the words of docs/ become the pages of the site. Nothing of this package is published."""
