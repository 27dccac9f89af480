// Versions, encodings, layers and reasons are part of what this module offers: who imports it has them too.
@_exported public import DHIS2Behaviour
