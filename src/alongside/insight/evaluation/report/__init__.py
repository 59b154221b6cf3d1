"""The evaluation's report: written once as a document, and shown as a page, on paper and in Word."""
