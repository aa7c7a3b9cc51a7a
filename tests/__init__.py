"""What holds the library, the figures and the site to the truth: a folder for each, and what they share."""
