using P2P.Contracts.Accounts;

namespace P2P.Server.Accounts;

public abstract partial class AccountHub<TClient>
{
    public Task<ProfileView> GetProfile(GetProfileRequest request) => desk.Flows.Profiles.Get(Caller, request, Aborted);

    public Task<ProfileView> UpdateProfile(UpdateProfileRequest request) => desk.Flows.Profiles.Update(Caller, request, Aborted);

    public Task<ProfileStats> GetProfileStats(GetProfileRequest request) => desk.Flows.Profiles.Stats(Caller, request, Aborted);

    public Task<ProfilePage> SearchProfiles(SearchProfilesRequest request) => desk.Flows.ProfileSearch.Search(Caller, request, Aborted);
}
