"""May this draft stand? Pure judgement: text or a draft with its view in, findings out."""
