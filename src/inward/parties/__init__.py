"""Who exists and how they hang together: companies, holdings, units, people and their work, all dated. Judges nothing."""
