using P2P.Server.Core;

namespace P2P.Server.Deals.Complaints;

/// <summary>Adds complaints about orders that have ended.</summary>
public static class ComplaintsSetup
{
    public static IServiceCollection AddComplaints(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = configuration.GetSection("Complaints").Get<ComplaintSettings>() ?? new ComplaintSettings();
        services.AddSingleton(settings is { WindowDays: > 0, OpenMax: > 0, EvidenceMax: > 0 }
            ? settings
            : throw new SettingsException("Complaints:WindowDays, Complaints:OpenMax and Complaints:EvidenceMax must be above zero: correct them."));
        services.AddSingleton<ComplaintFlow>();
        services.AddSingleton<ComplaintStaffFlow>();
        services.AddSingleton(ComplaintEvents.Notices);
        return services;
    }
}
