"""What is true of appraisal and pay: values and rules; no files, no clock, no locale."""
